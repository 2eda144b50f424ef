import { parseObjectHeader } from '../git/object-header.js';
import type { ObjectHead, ObjectSink } from '../git/objects.js';
import { namesInTree } from '../git/tree-names.js';
import type { ArchiveGaps, GapCounts } from './archives/archive-gaps.js';
import { ArchiveReader } from './archives/archive-reader.js';
import { runToEnd, type Steps } from './archives/steps.js';
import type { Hit, LocatedHit } from './hit.js';
import type { Needles } from './needles.js';
import { scanBytes } from './scan-bytes.js';

/** A hit in the message (or a header) of a commit or tag. */
export interface MessageHit {
  readonly kind: 'commit-message' | 'tag-message' | 'identity';
  /** The commit itself, or the one that the tag names. */
  readonly commit: string | undefined;
  /** Seconds since 1970, as the author wrote them. */
  readonly time: number | undefined;
  readonly hit: LocatedHit;
}

const shown = ({ id }: Pick<ObjectHead, 'id'>): string => `object ${id.slice(0, 12)}`;

/** Names and dates stand in the first lines; signatures may be longer, and do not matter. */
const HEADER_BYTES = 16 * 1024;

/** Scans every blob, commit and tag that it is shown, once, and remembers where something was found. */
export class ObjectScanner implements ObjectSink {
  readonly blobHits = new Map<string, readonly LocatedHit[]>();
  readonly messageHits: MessageHit[] = [];
  /** Names of files and folders that hold something, each once. */
  readonly names = new Map<string, readonly Hit[]>();
  /** The ids of all objects, of whatever kind, in which something was found. */
  readonly telling = new Set<string>();
  /** Archives of which not everything was read, by their ids. */
  readonly gapped = new Map<string, GapCounts>();
  readonly #commits: Buffer[] = [];
  readonly #messages = new Set<string>();
  readonly #needles: Needles;
  readonly #reader: ArchiveReader;
  #head: ObjectHead | undefined;
  #header: Buffer = Buffer.alloc(0);
  #hits: Steps<readonly LocatedHit[]> | undefined;
  /** What is left to do of the object that ended. */
  #rest: Steps<void> | undefined;
  #tree: Buffer[] = [];
  #gapsBefore: GapCounts = [];

  constructor(needles: Needles) {
    this.#needles = needles;
    this.#reader = new ArchiveReader(needles);
  }

  /** The ids of all commits, one a line. */
  commitIds(): Buffer {
    return Buffer.concat(this.#commits);
  }

  get archiveGaps(): ArchiveGaps {
    return this.#reader.gaps;
  }

  /** Counts the gaps of an archive that an earlier run read, unless it was shown in this one too. */
  addGaps(id: string, gaps: GapCounts): void {
    if (this.gapped.has(id)) return;
    this.gapped.set(id, gaps);
    for (const [gap, count] of gaps) this.archiveGaps.add(gap, shown({ id }), count);
  }

  begin(head: ObjectHead): void {
    if (this.#rest !== undefined) runToEnd(this.#rest);
    this.#rest = undefined;
    this.#head = head;
    this.#header = Buffer.alloc(0);
    this.#hits = undefined;
    this.#gapsBefore = this.archiveGaps.since([]);
    this.#tree = [];
  }

  data(bytes: Uint8Array): void {
    const head = this.#head;
    if (head === undefined) return;
    if (head.type === 'tree') this.#tree.push(Buffer.from(bytes));
    else if (head.type !== 'blob' && this.#header.length < HEADER_BYTES) {
      this.#header = Buffer.concat([this.#header, bytes.subarray(0, HEADER_BYTES - this.#header.length)]);
    }
    if (bytes.length === head.size) this.#hits = this.#reader.scanWhole(bytes, () => shown(head));
    else this.#reader.push(bytes);
  }

  end(): void {
    const head = this.#head;
    if (head === undefined) return;
    if (head.type === 'commit') this.#commits.push(Buffer.from(`${head.id}\n`));
    this.#rest = this.#finish(head);
  }

  goOn(): boolean {
    const isDone = this.#rest?.next().done !== false;
    if (isDone) this.#rest = undefined;
    return !isDone;
  }

  *#finish(head: ObjectHead): Steps<void> {
    const hits = yield* this.#hits ?? this.#reader.finish(() => shown(head));
    const gaps = this.archiveGaps.since(this.#gapsBefore);
    if (gaps.length > 0) this.gapped.set(head.id, gaps);
    if (hits.length === 0) return;
    this.telling.add(head.id);
    if (head.type === 'tree') this.#addNames(head);
    else if (head.type === 'blob') this.blobHits.set(head.id, hits);
    else if (!this.#messages.has(head.id)) this.#addMessageHits(head, hits);
  }

  #addNames(head: ObjectHead): void {
    for (const name of namesInTree(Buffer.concat(this.#tree), head.id.length / 2)) {
      const hits = scanBytes(name, this.#needles);
      if (hits.length > 0) this.names.set(name.toString('utf8'), hits);
    }
  }

  #addMessageHits(head: ObjectHead, hits: readonly LocatedHit[]): void {
    // A store may hold an object more than once.
    this.#messages.add(head.id);
    const header = parseObjectHeader(this.#header);
    const isCommit = head.type === 'commit';
    for (const hit of hits) {
      const isInMessage = hit.from >= header.messageAt;
      const [line, column] = isInMessage ? [hit.line - header.messageLines, hit.column] : [1, 1];
      this.messageHits.push({
        kind: isInMessage ? (isCommit ? 'commit-message' : 'tag-message') : 'identity',
        commit: isCommit ? head.id : header.taggedCommit,
        time: header.time,
        hit: { ...hit, line, column },
      });
    }
  }
}

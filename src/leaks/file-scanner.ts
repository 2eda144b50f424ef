import type { ArchiveGaps } from './archives/archive-gaps.js';
import { ArchiveReader } from './archives/archive-reader.js';
import type { Steps } from './archives/steps.js';
import { cleanPathOf } from './clean-path.js';
import type { Hit, LocatedHit } from './hit.js';
import type { NameSighting } from './locate-names.js';
import type { Needles } from './needles.js';
import { scanBytes } from './scan-bytes.js';
import type { FileSink } from './sources/walk-files.js';

const SLASH = 47;

export interface FileHit {
  /** Slash-separated, from the target's root. */
  readonly path: string;
  readonly hit: LocatedHit;
}

/** Scans every file that it is shown and remembers where something was found. */
export class FileScanner implements FileSink {
  readonly hits: FileHit[] = [];
  readonly names: NameSighting[] = [];
  readonly #needles: Needles;
  readonly #reader: ArchiveReader;
  readonly #cleanPath: (path: string) => string;
  #path = '';
  /** What is left to do of the file that ended. */
  #rest: Steps<void> | undefined;

  constructor(needles: Needles) {
    this.#needles = needles;
    this.#reader = new ArchiveReader(needles);
    this.#cleanPath = cleanPathOf(needles);
  }

  begin(path: string): void {
    this.#path = path;
    for (const hit of scanBytes(Buffer.from(path), this.#needles)) this.#addName(path, hit);
  }

  data(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  end(): void {
    this.#rest = this.#finish(this.#path);
  }

  goOn(): boolean {
    const isDone = this.#rest?.next().done !== false;
    if (isDone) this.#rest = undefined;
    return !isDone;
  }

  *#finish(path: string): Steps<void> {
    const hits = yield* this.#reader.finish(() => this.#cleanPath(path));
    for (const hit of hits) this.hits.push({ path, hit });
  }

  get archiveGaps(): ArchiveGaps {
    return this.#reader.gaps;
  }

  /** A folder's name is told once, however many files are below it. */
  #addName(path: string, hit: Hit): void {
    const bytes = Buffer.from(path);
    const end = bytes.indexOf(SLASH, hit.to);
    const name = bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
    if (this.names.some((other) => other.name === name && other.hit.from === hit.from)) return;
    this.names.push({ kind: 'path-name', name, hit, commit: undefined, time: undefined, isInHead: true });
  }
}

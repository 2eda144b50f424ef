import { createHmac } from 'node:crypto';
import type { Coverage } from '../../core/coverage.js';
import type { MissingObjects } from '../../git/missing.js';
import type { GapCounts } from '../archives/archive-gaps.js';
import { ObjectIds } from '../../git/object-ids.js';

/** What is remembered of a scan of one store: ids and digests, no value, no candidate, no place, no path, no fingerprint. */
export interface KeptScan {
  /** Digest of the store's files. */
  readonly store: string;
  /** Digests of sets of needles, each of which every object was searched for. */
  readonly covered: readonly string[];
  /** How many objects the store held. */
  readonly objects: number;
  /** Objects in which something was found: they are read again each time, for what they hold is kept nowhere. */
  readonly telling: ObjectIds;
  /** Archives without any such thing of which not everything was read. */
  readonly gaps: readonly (readonly [id: string, gaps: GapCounts])[];
  /** Commits that brought those objects, or the paths that tell something; each one, not only the oldest. */
  readonly introducers: ObjectIds;
  /** Why some introducers may be unknown. */
  readonly historyProblem?: string;
  /** What the history of these refs lacks. */
  readonly walked: MissingObjects & { readonly refs: string };
  /** What the objects name and the store does not hold, where that tells what the history lacks. */
  readonly absent?: ObjectIds;
  /** What git read in the place of the pack reader, and why. */
  readonly detours: readonly string[];
  /** Digest of the objects that go with it. */
  readonly body: string;
}

/** The larger part, which is needed only where something changed. */
export interface KeptObjects {
  /** All that were searched for everything that `tags` stands for. */
  readonly scanned: ObjectIds;
  readonly tags: readonly string[];
  /** Those of them that were searched for more: what came since was not, yet. */
  readonly ahead: SearchedFor;
}

export interface SearchedFor {
  readonly ids: ObjectIds;
  readonly tags: readonly string[];
}

/** What coverage said of a repository when all of it was looked through, and nothing found. */
export interface ToldOfSilent {
  /** What was looked for, and in what version of the repository. */
  readonly covered: string;
  readonly coverage: readonly Omit<Coverage, 'source'>[];
}

const FORMAT = 2;
/** Raised whenever the same bytes may lead to another finding than before. */
const SEARCH = 4;
const SEAL_BYTES = 32;
const HEAD_WORDS = 4;
const ID_BYTES = 20;

/** Writes and reads kept scans under a key: what is damaged, cut off, of another version or another cache's is none. */
export class KeptScanFormat {
  readonly #key: Buffer;
  readonly #version: string;

  constructor(key: Buffer, tool: string) {
    this.#key = key;
    this.#version = `keyaudit scan ${FORMAT}.${SEARCH} ${tool}\n`;
  }

  write(kept: KeptScan): Buffer {
    const text = JSON.stringify({
      ...kept,
      telling: kept.telling.bytes.toString('base64'),
      introducers: kept.introducers.bytes.toString('base64'),
      absent: kept.absent?.bytes.toString('base64'),
    });
    const bytes = Buffer.from(text);
    return Buffer.concat([this.#seal('scan', bytes), bytes]);
  }

  read(file: Buffer): KeptScan | undefined {
    const bytes = file.subarray(SEAL_BYTES);
    if (!file.subarray(0, SEAL_BYTES).equals(this.#seal('scan', bytes))) return undefined;
    // Sealed: nothing but `write` of this very version can have made it.
    const data = JSON.parse(bytes.toString('utf8')) as Omit<KeptScan, keyof Written> & Written;
    const { absent, ...rest } = data;
    return {
      ...rest,
      telling: idsOf(data.telling),
      introducers: idsOf(data.introducers),
      ...(absent === undefined ? {} : { absent: idsOf(absent) }),
    };
  }

  writeObjects({ scanned, tags, ahead }: KeptObjects): { readonly digest: string; readonly bytes: Buffer } {
    const texts = [...tags, ...ahead.tags];
    const head = Buffer.alloc(HEAD_WORDS * 4);
    const width = (texts[0]?.length ?? 0) / 2;
    for (const [i, word] of [width, tags.length, ahead.tags.length, ahead.ids.count].entries())
      head.writeUInt32BE(word, i * 4);
    const bytes = Buffer.concat([head, Buffer.from(texts.join(''), 'hex'), ahead.ids.bytes, scanned.bytes]);
    return { digest: this.#seal('objects', bytes).toString('hex'), bytes };
  }

  /** @param digest as {@link writeObjects} gave it. */
  readObjects(file: Buffer, digest: string): KeptObjects | undefined {
    if (this.#seal('objects', file).toString('hex') !== digest) return undefined;
    const word = (i: number): number => file.readUInt32BE(i * 4);
    const [width, own, more, ids] = [word(0), word(1), word(2), word(3)];
    const at = HEAD_WORDS * 4;
    const end = at + (own + more) * width;
    const tags = Array.from({ length: own + more }, (_, i) =>
      file.toString('hex', at + i * width, at + (i + 1) * width),
    );
    const ahead = ObjectIds.parse(file.subarray(end, end + ids * ID_BYTES));
    const scanned = ObjectIds.parse(file.subarray(end + ids * ID_BYTES));
    if (ahead === undefined || scanned === undefined) return undefined;
    return { scanned, tags: tags.slice(0, own), ahead: { ids: ahead, tags: tags.slice(own) } };
  }

  /** What was told of a repository in which nothing was found. */
  writeTold(told: ToldOfSilent): Buffer {
    const bytes = Buffer.from(JSON.stringify(told));
    return Buffer.concat([this.#seal('told', bytes), bytes]);
  }

  readTold(file: Buffer): ToldOfSilent | undefined {
    const bytes = file.subarray(SEAL_BYTES);
    if (!file.subarray(0, SEAL_BYTES).equals(this.#seal('told', bytes))) return undefined;
    return JSON.parse(bytes.toString('utf8')) as ToldOfSilent; // sealed, as above
  }

  #seal(kind: string, bytes: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(`${kind} ${this.#version}`).update(bytes).digest();
  }
}

interface Written {
  readonly telling: string;
  readonly introducers: string;
  readonly absent?: string;
}

const idsOf = (text: string): ObjectIds => ObjectIds.parse(Buffer.from(text, 'base64')) ?? ObjectIds.none;

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
}

/** What coverage said of a repository when all of it was looked through, and nothing found. */
export interface ToldOfSilent {
  /** What was looked for, and in what version of the repository. */
  readonly covered: string;
  readonly coverage: readonly Omit<Coverage, 'source'>[];
}

const FORMAT = 1;
/** Raised whenever the same bytes may lead to another finding than before. */
const SEARCH = 3;
const SEAL_BYTES = 32;

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

  writeObjects({ scanned, tags }: KeptObjects): { readonly digest: string; readonly bytes: Buffer } {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(tags.length, 0);
    head.writeUInt32BE(tags[0] === undefined ? 0 : tags[0].length / 2, 4);
    const bytes = Buffer.concat([head, Buffer.from(tags.join(''), 'hex'), scanned.bytes]);
    return { digest: this.#seal('objects', bytes).toString('hex'), bytes };
  }

  /** @param digest as {@link writeObjects} gave it. */
  readObjects(file: Buffer, digest: string): KeptObjects | undefined {
    if (this.#seal('objects', file).toString('hex') !== digest) return undefined;
    const [count, width] = [file.readUInt32BE(0), file.readUInt32BE(4)];
    const end = 8 + count * width;
    const tags = Array.from({ length: count }, (_, i) =>
      file.toString('hex', 8 + i * width, 8 + (i + 1) * width),
    );
    const scanned = ObjectIds.parse(file.subarray(end));
    return scanned === undefined ? undefined : { scanned, tags };
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

import { ContentReader } from '../content-reader.js';
import type { LocatedHit } from '../hit.js';
import type { Needles } from '../needles.js';
import { scanBytes } from '../scan-bytes.js';
import { ArchiveGaps } from './archive-gaps.js';
import { unpackerOf } from './archive-kind.js';
import { around } from './around.js';
import { CleanContents } from './clean-contents.js';
import { Collected } from './collected.js';
import { type Entry, type Gap, LIMITS } from './entry.js';
import { joined } from './joined.js';

/** What people are shown of a content, where something in it cannot be read. */
type Name = () => string;

/** Below, scanning is as fast. */
const MIN_DIGESTED = 1024;

interface Budget {
  bytes: number;
  entries: number;
}

/** Scans contents as {@link ContentReader} does, and of archives all that is packed in them, archives in archives too. */
export class ArchiveReader {
  /** What was not looked at, of all contents so far. */
  readonly gaps = new ArchiveGaps();
  readonly #needles: Needles;
  readonly #raw: ContentReader;
  readonly #packed: ContentReader;
  readonly #clean = new CleanContents();
  readonly #collected = new Collected();
  #unpacked = 0;

  constructor(needles: Needles) {
    this.#needles = askedOnce(needles);
    this.#raw = new ContentReader(needles);
    this.#packed = new ContentReader(this.#needles);
  }

  /** How many bytes were unpacked since they were taken last. */
  get unpacked(): number {
    return this.#unpacked;
  }

  /** How many bytes were unpacked since this was asked last. From now on as many may be unpacked as at first. */
  takeUnpacked(): number {
    const unpacked = this.#unpacked;
    this.#unpacked = 0;
    return unpacked;
  }

  push(bytes: Uint8Array): void {
    this.#raw.push(bytes);
    this.#collected.push(bytes);
  }

  /** Scans a content that is all there. */
  scanWhole(bytes: Uint8Array, name: Name): LocatedHit[] {
    return this.#withPacked(this.#raw.scanWhole(bytes), unpackerOf(bytes) && Buffer.from(bytes), name);
  }

  /** The hits of the content that ended; those inside of an archive tell where. */
  finish(name: Name): LocatedHit[] {
    const content = this.#collected.take();
    if (content === 'too large') this.gaps.add('beyond the limits', name());
    return this.#withPacked(this.#raw.finish(), content === 'too large' ? undefined : content, name);
  }

  #withPacked(raw: LocatedHit[], content: Buffer | undefined, name: Name): LocatedHit[] {
    if (content === undefined) return raw;
    const packed: LocatedHit[] = [];
    const budget = {
      bytes: Math.min(LIMITS.totalBytes, LIMITS.runBytes - this.#unpacked),
      entries: LIMITS.entries,
    };
    const all = budget.bytes;
    for (const found of this.#open({ content, inside: '', depth: 1, entries: [] }, budget)) {
      if (typeof found === 'string') this.gaps.add(found, name());
      else packed.push(found);
    }
    this.#unpacked += all - budget.bytes;
    return [...packed, ...notAmong(packed, raw)];
  }

  *#open({ content, inside, depth, entries }: Layer, budget: Budget): Generator<LocatedHit | Gap> {
    const unpack = unpackerOf(content);
    if (unpack === undefined) return;
    if (depth > LIMITS.depth || budget.bytes <= 0) return yield 'beyond the limits';
    for (const entry of unpack(content)) {
      if (entry.gap !== undefined) yield entry.gap;
      budget.bytes -= (entry.bytes?.length ?? 0) + (entry.wasted ?? 0);
      budget.entries -= 1;
      if (budget.bytes < 0 || budget.entries < 0) return yield 'beyond the limits';
      if (entry.bytes !== undefined) entries.push(entry.bytes);
      yield* this.#entry(entry, { inside: joined(inside, entry.name), depth }, budget);
    }
  }

  *#entry({ name, bytes }: Entry, { inside, depth }: Spot, budget: Budget): Generator<LocatedHit | Gap> {
    for (const hit of scanBytes(Buffer.from(name), this.#needles))
      yield { ...hit, line: 1, column: hit.from + 1, inside };
    if (bytes === undefined) return;
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const layer = { content, inside, depth: depth + 1, entries: [] };
    const deeper = [...this.#open(layer, budget)];
    yield* deeper;
    const rest = around(content, layer.entries);
    // Lines that entries were taken from are none.
    const line = rest === content ? {} : { line: 1, column: 1 };
    const hits = this.#scanOnce(rest).map((hit) => ({ ...hit, ...line, inside }));
    yield* notAmong(deeper, hits);
  }

  #scanOnce(bytes: Uint8Array): LocatedHit[] {
    // Where the first look is enough, a digest would only cost more.
    if (bytes.length < MIN_DIGESTED || this.#needles.mayHold?.(bytes) === false)
      return this.#packed.scanWhole(bytes);
    return this.#clean.scan(bytes, (content) => this.#packed.scanWhole(content));
  }
}

/** A content is looked at before its digest is made, and when it is scanned: the first look is remembered for the second. */
function askedOnce({ mayHold, ...needles }: Needles): Needles {
  if (mayHold === undefined) return needles;
  let [asked, answer]: [Uint8Array | undefined, boolean] = [undefined, true];
  return {
    ...needles,
    mayHold: (bytes) => {
      if (bytes !== asked) [asked, answer] = [bytes, mayHold(bytes)];
      return answer;
    },
  };
}

interface Spot {
  /** The path inside of the outermost archive; empty for what gzip packs. */
  readonly inside: string;
  readonly depth: number;
}

interface Layer extends Spot {
  readonly content: Buffer;
  /** Takes what was found to be packed in it. */
  readonly entries: Uint8Array[];
}

/** What is merely stored in an archive shows on its outside too. */
function notAmong(packed: readonly (LocatedHit | Gap)[], outside: readonly LocatedHit[]): LocatedHit[] {
  const told = new Set(packed.flatMap((found) => (typeof found === 'string' ? [] : [found.fingerprint])));
  return outside.filter(({ fingerprint }) => !told.has(fingerprint));
}

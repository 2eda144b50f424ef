import type { LocatedHit } from '../hit.js';
import type { Needles } from '../needles.js';
import { ArchiveGaps } from './archive-gaps.js';
import { unpackerOf } from './archive-kind.js';
import { around, isStored } from './around.js';
import { type Entry, LIMITS } from './entry.js';
import { EntryScanner, isLarge } from './entry-scanner.js';
import { joined } from './joined.js';
import type { Steps } from './steps.js';

/** What people are shown of a content, where something in it cannot be read. */
export type Name = () => string;

/** What is unpacked and scanned in one step: at the worst it takes some tenths of a second. */
const STEP_BYTES = 4 * 1024 * 1024;
/** An entry takes time as so many bytes do, at the least. */
const ENTRY_BYTES = 1024;

/** What may still be unpacked of an outermost archive. */
interface Job {
  bytes: number;
  entries: number;
  readonly name: Name;
}

interface Layer {
  readonly content: Buffer;
  /** The path inside of the outermost archive; empty for what gzip packs. */
  readonly inside: string;
  readonly depth: number;
  /** Takes what was found to be stored in it as it is. */
  readonly stored: Uint8Array[];
}

/** Scans what is packed in archives, archives in archives too. */
export class PackedReader {
  /** What was not looked at, of all archives so far. */
  readonly gaps = new ArchiveGaps();
  readonly #scanner: EntryScanner;
  #unpacked = 0;
  /** Bytes in this step. */
  #done = 0;

  constructor(needles: Needles) {
    this.#scanner = new EntryScanner(needles);
  }

  /** How many bytes were unpacked since this was asked last. From now on as many may be unpacked as at first. */
  takeUnpacked(): number {
    const unpacked = this.#unpacked;
    this.#unpacked = 0;
    return unpacked;
  }

  /** What is packed in a content, nothing for what is no archive. One is scanned after the other. */
  *scan(content: Buffer, name: Name, maxBytes: number = LIMITS.totalBytes): Steps<LocatedHit[]> {
    const bytes = Math.min(maxBytes, LIMITS.runBytes - this.#unpacked);
    const job = { bytes, entries: LIMITS.entries, name };
    try {
      return yield* this.#open({ content, inside: '', depth: 1, stored: [] }, job);
    } finally {
      this.#unpacked += bytes - job.bytes;
    }
  }

  *#open(layer: Layer, job: Job): Steps<LocatedHit[]> {
    const unpack = unpackerOf(layer.content);
    if (unpack === undefined) return [];
    const found: LocatedHit[] = [];
    let isAllowed = layer.depth <= LIMITS.depth && job.bytes > 0;
    for (const entry of isAllowed ? unpack(layer.content) : []) {
      if (entry.gap !== undefined) this.gaps.add(entry.gap, job.name());
      isAllowed = spend(entry, job);
      if (!isAllowed) break;
      if (this.#isStepOver(sizeOf(entry) + ENTRY_BYTES)) yield;
      const { bytes } = entry;
      if (bytes !== undefined && isStored(layer.content, bytes)) layer.stored.push(bytes);
      const isQuick = bytes === undefined || !(isLarge(bytes) || unpackerOf(bytes) !== undefined);
      const hits = isQuick ? this.#quick(entry, layer) : yield* this.#slow({ ...entry, bytes }, layer, job);
      for (const hit of hits) found.push(hit);
    }
    if (!isAllowed) this.gaps.add('beyond the limits', job.name());
    return found;
  }

  /** In an entry that is neither an archive nor large. */
  #quick({ name, bytes }: Entry, outer: Layer): LocatedHit[] {
    const inName = this.#inName(name);
    const hits = bytes === undefined ? [] : this.#scanner.scan(bytes);
    if (inName.length + hits.length === 0) return hits;
    const inside = joined(outer.inside, name);
    return [...inName, ...hits].map((hit) => ({ ...hit, inside }));
  }

  *#slow({ name, bytes }: Unpacked, outer: Layer, job: Job): Steps<LocatedHit[]> {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const inside = joined(outer.inside, name);
    const layer = { content, inside, depth: outer.depth + 1, stored: [] };
    const deeper = yield* this.#open(layer, job);
    const rest = around(content, layer.stored);
    const isPart = rest[0] !== content;
    const hits = isPart ? yield* this.#scanner.scanJoined(rest) : yield* this.#whole(content);
    // Lines that entries were taken from are none.
    const line = isPart ? { line: 1, column: 1 } : {};
    const own = notAmong(deeper, hits).map((hit) => ({ ...hit, ...line, inside }));
    return [...this.#inName(name).map((hit) => ({ ...hit, inside })), ...deeper, ...own];
  }

  *#whole(content: Buffer): Steps<LocatedHit[]> {
    return isLarge(content) ? yield* this.#scanner.scanLarge(content) : this.#scanner.scan(content);
  }

  #inName(name: string): LocatedHit[] {
    const hits = this.#scanner.scan(Buffer.from(name));
    if (hits.length === 0) return hits;
    return hits.map((hit) => ({ ...hit, line: 1, column: hit.from + 1 }));
  }

  #isStepOver(bytes: number): boolean {
    this.#done += bytes;
    if (this.#done < STEP_BYTES) return false;
    this.#done = 0;
    return true;
  }
}

interface Unpacked extends Entry {
  readonly bytes: Uint8Array;
}

const sizeOf = ({ bytes, wasted = 0 }: Entry): number => (bytes?.length ?? 0) + wasted;

/** Whether the job still allowed it. */
function spend(entry: Entry, job: Job): boolean {
  job.bytes -= sizeOf(entry);
  job.entries -= 1;
  return job.bytes >= 0 && job.entries >= 0;
}

/** What is merely stored in an archive shows on its outside too. */
export function notAmong(packed: readonly LocatedHit[], outside: LocatedHit[]): LocatedHit[] {
  if (packed.length === 0 || outside.length === 0) return outside;
  const told = new Set(packed.map(({ fingerprint }) => fingerprint));
  return outside.filter(({ fingerprint }) => !told.has(fingerprint));
}

import { ContentReader } from '../content-reader.js';
import type { LocatedHit } from '../hit.js';
import type { Needles } from '../needles.js';
import type { ArchiveGaps } from './archive-gaps.js';
import { unpackerOf } from './archive-kind.js';
import { Collected } from './collected.js';
import { type Name, notAmong, PackedReader } from './packed-reader.js';
import type { Steps } from './steps.js';

/** Scans contents as {@link ContentReader} does, and of archives all that is packed in them, archives in archives too. */
export class ArchiveReader {
  readonly #raw: ContentReader;
  readonly #packed: PackedReader;
  readonly #collected = new Collected();

  constructor(needles: Needles) {
    this.#raw = new ContentReader(needles);
    this.#packed = new PackedReader(needles);
  }

  /** What was not looked at, of all contents so far. */
  get gaps(): ArchiveGaps {
    return this.#packed.gaps;
  }

  push(bytes: Uint8Array): void {
    this.#raw.push(bytes);
    this.#collected.push(bytes);
  }

  /** Scans a content that is all there; the bytes are only lent. The steps come to an end before the next content. */
  scanWhole(bytes: Uint8Array, name: Name): Steps<LocatedHit[]> {
    const raw = this.#raw.scanWhole(bytes);
    return this.#withPacked(raw, unpackerOf(bytes) && Buffer.from(bytes), name);
  }

  /** The hits of the content that ended; those inside of an archive tell where. */
  finish(name: Name): Steps<LocatedHit[]> {
    const content = this.#collected.take();
    if (content === 'too large') this.gaps.add('beyond the limits', name());
    return this.#withPacked(this.#raw.finish(), content === 'too large' ? undefined : content, name);
  }

  *#withPacked(raw: LocatedHit[], content: Buffer | undefined, name: Name): Steps<LocatedHit[]> {
    if (content === undefined) return raw;
    const packed = yield* this.#packed.scan(content, name);
    return [...packed, ...notAmong(packed, raw)];
  }
}

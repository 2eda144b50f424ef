import { MAGIC_BYTES, unpackerOf } from './archive-kind.js';
import { LIMITS } from './entry.js';

/** Keeps the pieces of a content while it may be an archive; of all others no more than their first bytes. */
export class Collected {
  #pieces: Buffer[] = [];
  #size = 0;
  #isArchive: boolean | undefined;

  push(bytes: Uint8Array): void {
    if (this.#isArchive === undefined) this.#isArchive = this.#judge(bytes);
    if (this.#isArchive === false) return;
    this.#size += bytes.length;
    if (this.#size > LIMITS.archiveBytes) this.#pieces = [];
    else this.#pieces.push(Buffer.from(bytes));
  }

  /** The archive that ended; undefined for anything else. The next piece belongs to a new content. */
  take(): Buffer | 'too large' | undefined {
    const [pieces, size] = [this.#pieces, this.#size];
    const isArchive = this.#isArchive ?? unpackerOf(Buffer.concat(pieces)) !== undefined;
    [this.#pieces, this.#size, this.#isArchive] = [[], 0, undefined];
    if (!isArchive) return undefined;
    return size > LIMITS.archiveBytes ? 'too large' : Buffer.concat(pieces);
  }

  /** With the next piece; undefined while there is too little to tell. Most contents are done with at their first one. */
  #judge(bytes: Uint8Array): boolean | undefined {
    if (this.#size + bytes.length < MAGIC_BYTES) return undefined;
    const isArchive =
      unpackerOf(this.#size === 0 ? bytes : Buffer.concat([...this.#pieces, bytes])) !== undefined;
    if (!isArchive) [this.#pieces, this.#size] = [[], 0];
    return isArchive;
  }
}

import { isArchiveByEnds, MAGIC_BYTES, mayBecomeArchive, unpackerOf } from './archive-kind.js';
import { LIMITS } from './entry.js';
import { ZIP_TAIL_BYTES } from './zip-directory.js';

/** Keeps the pieces of a content while it may be an archive; of all others no more than their first bytes. */
export class Collected {
  #pieces: Buffer[] = [];
  #size = 0;
  #mayBe: boolean | undefined;
  /** The first bytes of what may be one. */
  #first: Buffer | undefined;

  push(bytes: Uint8Array): void {
    if (this.#mayBe === undefined) this.#mayBe = this.#judge(bytes);
    if (this.#mayBe === false) return;
    this.#size += bytes.length;
    this.#pieces.push(Buffer.from(bytes));
    if (this.#size > LIMITS.archiveBytes) this.#pieces = [lastOf(this.#pieces, ZIP_TAIL_BYTES)];
  }

  /** The archive that ended; undefined for anything else. The next piece belongs to a new content. */
  take(): Buffer | 'too large' | undefined {
    const content = Buffer.concat(this.#pieces);
    const [first, size] = [this.#first, this.#size];
    [this.#pieces, this.#size, this.#mayBe, this.#first] = [[], 0, undefined, undefined];
    if (first !== undefined && size > LIMITS.archiveBytes)
      return isArchiveByEnds(first, content) ? 'too large' : undefined;
    return unpackerOf(content) === undefined ? undefined : content;
  }

  /** With the next piece; undefined while there is too little to tell. Most contents are done with at their first one. */
  #judge(bytes: Uint8Array): boolean | undefined {
    if (this.#size + bytes.length < MAGIC_BYTES) return undefined;
    const begin = this.#size === 0 ? bytes : Buffer.concat([...this.#pieces, bytes]);
    const mayBe = mayBecomeArchive(begin);
    if (mayBe) this.#first = Buffer.from(begin.subarray(0, MAGIC_BYTES));
    else [this.#pieces, this.#size] = [[], 0];
    return mayBe;
  }
}

function lastOf(pieces: readonly Buffer[], count: number): Buffer {
  let [from, size] = [pieces.length, 0];
  while (from > 0 && size < count) {
    from -= 1;
    size += pieces[from]?.length ?? 0;
  }
  return Buffer.from(Buffer.concat(pieces.slice(from)).subarray(-count));
}

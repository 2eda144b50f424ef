import { createHash } from 'node:crypto';

/** Of some 100 bytes each. */
const MAX_KEPT = 50_000;

/** Contents in which nothing was found, by their digests: the releases that people commit hold mostly the same files. */
export class CleanContents {
  readonly #digests = new Set<string>();

  /** What `scan` finds, which is asked once of contents in which it finds nothing. */
  scan<Hit>(bytes: Uint8Array, scan: (bytes: Uint8Array) => Hit[]): Hit[] {
    const digest = this.digestOfNew(bytes);
    if (digest === undefined) return [];
    const hits = scan(bytes);
    if (hits.length === 0) this.add(digest);
    return hits;
  }

  /** For {@link add}; undefined for a content that was added before. */
  digestOfNew(bytes: Uint8Array): string | undefined {
    // Nobody can make a second content with the same digest, so that nothing can hide behind a clean one.
    const digest = createHash('sha256').update(bytes).digest('base64');
    return this.#digests.has(digest) ? undefined : digest;
  }

  /** Remembers a content in which nothing was found. */
  add(digest: string): void {
    if (this.#digests.size < MAX_KEPT) this.#digests.add(digest);
  }
}

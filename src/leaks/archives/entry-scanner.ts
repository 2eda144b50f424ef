import { ContentReader, WINDOW_BYTES } from '../content-reader.js';
import type { LocatedHit } from '../hit.js';
import type { Needles } from '../needles.js';
import { narrowUtf16 } from '../utf16.js';
import { CleanContents } from './clean-contents.js';
import type { Steps } from './steps.js';

/** Below, scanning is as fast as a digest. */
const MIN_DIGESTED = 1024;

/** Windows overlap: so many bytes fill no two of them. */
const STEP_BYTES = WINDOW_BYTES / 2;

/** What is scanned in more than one step. */
export const isLarge = (bytes: Uint8Array): boolean => bytes.length > WINDOW_BYTES;

/** Scans contents one after the other, and those in which nothing is found only once. */
export class EntryScanner {
  readonly #needles: Needles;
  readonly #reader: ContentReader;
  readonly #clean = new CleanContents();

  constructor(needles: Needles) {
    this.#needles = askedOnce(needles);
    this.#reader = new ContentReader(this.#needles);
  }

  /** What is not large. */
  scan(bytes: Uint8Array): LocatedHit[] {
    // Where the first look is enough, a digest would only cost more.
    if (this.#needles.mayHold?.(bytes) === false && narrowUtf16(bytes) === undefined) return [];
    if (bytes.length < MIN_DIGESTED) return this.#reader.scanWhole(bytes);
    return this.#clean.scan(bytes, (content) => this.#reader.scanWhole(content));
  }

  *scanLarge(bytes: Uint8Array): Steps<LocatedHit[]> {
    const digest = this.#clean.digestOfNew(bytes);
    if (digest === undefined) return [];
    yield;
    const hits = yield* this.scanJoined([bytes]);
    if (hits.length === 0) this.#clean.add(digest);
    return hits;
  }

  /** One content, whose pieces stand in several places. */
  *scanJoined(pieces: Iterable<Uint8Array>): Steps<LocatedHit[]> {
    let done = 0;
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; at += STEP_BYTES) {
        this.#reader.push(piece.subarray(at, at + STEP_BYTES));
        done += Math.min(STEP_BYTES, piece.length - at);
        if (done < STEP_BYTES) continue;
        done = 0;
        yield;
      }
    }
    return this.#reader.finish();
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

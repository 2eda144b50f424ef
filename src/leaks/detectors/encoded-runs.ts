import { characterClass, runEnd, runStart, textOf } from './character-class.js';
import type { KeywordAt } from './searches.js';

/** Some bytes that stand in an encoding, as text. */
export interface EncodedRun {
  readonly encoding: string;
  /** Where the run begins; a mark such as `0x` belongs to it. */
  readonly runFrom: number;
  /** Where the text stands, encoded. */
  readonly from: number;
  readonly to: number;
  readonly text: Buffer;
  /** Bytes of the encoded form for one character of the text. */
  readonly width: number;
}

const BASE64 = characterClass('A-Za-z0-9+/_-');
const HEX = characterClass('0-9A-Fa-f');
/** Ordinary text, and what ends its lines. */
const READABLE = characterClass('\t\n\r -~');
/** A shorter key would be found in ordinary words. */
const MIN_RUN = 20;
/** On either side of a keyword; what lies beyond is not decoded. */
const REACH = 1024;
/** The far end of a run that begins as far from a keyword as one may. */
export const MAX_ENCODED_REACH = 3 * REACH;
/** Hostile text can be nothing but runs. */
const MAX_RUNS = 20_000;

/** Runs of base64 and hex near keywords, or around them, that decode to readable text. */
export function* encodedRuns(bytes: Uint8Array, keywords: readonly KeywordAt[]): Generator<EncodedRun> {
  let [looked, runs] = [0, 0];
  for (const keyword of keywords) {
    const end = Math.min(bytes.length, keyword.to + REACH);
    let at = Math.max(looked, runStart(bytes, keyword.from, BASE64, REACH), keyword.from - REACH);
    while (at < end && runs < MAX_RUNS) {
      const to = runEnd(bytes, at, BASE64, 2 * REACH);
      if (to - at >= MIN_RUN) {
        runs += 1;
        yield* decoded(bytes, at, to);
      }
      at = to + 1;
    }
    looked = Math.max(looked, at);
  }
}

/** A run may have lost its beginning where a window of the content begins, so that every alignment is tried. */
function* decoded(bytes: Uint8Array, from: number, to: number): Generator<EncodedRun> {
  const text = textOf(bytes, from, to);
  const digits = text.startsWith('0x') ? 2 : 0;
  const isHex = runEnd(bytes, from + digits, HEX, to - from) === to;
  const encoding = isHex ? 'hex' : /[-_]/.test(text) ? 'base64url' : 'base64';
  const [first, end, width] = isHex ? [digits, digits + 2, 2] : [0, 4, 4 / 3];
  for (let skipped = first; skipped < end; skipped += 1) {
    const piece = Buffer.from(text.slice(skipped), isHex ? 'hex' : 'base64');
    yield* readable({ encoding, runFrom: from, from: from + skipped, to, text: piece, width });
  }
}

function* readable(run: EncodedRun): Generator<EncodedRun> {
  if (isReadable(run.text)) yield run;
  else if (run.text[1] === 0) {
    const text = Buffer.from(run.text.filter((_, at) => at % 2 === 0));
    const isWide = run.text.every((byte, at) => at % 2 === 0 || byte === 0);
    if (isWide && isReadable(text)) yield { ...run, text, width: run.width * 2 };
  }
}

const isReadable = (text: Uint8Array): boolean => runEnd(text, 0, READABLE) === text.length;

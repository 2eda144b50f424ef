import { numberText } from '../words/number-text.js';
import type { Block } from './block.js';

/** A job summary over 1 MiB is lost whole; this leaves room for what a workflow adds. */
export const MAX_BYTES = 900 * 1024;
/** For the line that says what was left out. */
const RESERVE = 512;

/** The blocks that fit, in order, and at the end how many findings did not. */
export function* limited(blocks: Iterable<Block>, maxBytes = MAX_BYTES): Generator<string> {
  let left = maxBytes - RESERVE;
  let full = false;
  let missing = 0;
  for (const { text, findings } of blocks) {
    const size = Buffer.byteLength(text);
    full ||= size > left;
    if (full) missing += findings;
    else {
      left -= size;
      yield text;
    }
  }
  if (full) yield cutNote(missing);
}

const cutNote = (missing: number): string =>
  `**Cut here: ${numberText(missing)} findings more are in keyaudit.json and keyaudit.html, which are complete.**\n`;

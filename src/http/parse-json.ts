import { hasMisleadingName } from '../core/misleading-names.js';

/** Vendors' answers are four levels deep; nesting is what breaks parsers and those who walk the result. */
export const MAX_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** Parses an answer that nobody vouches for. A problem tells what is wrong without quoting the text. */
export function parseJson(bytes: Uint8Array): Parsed {
  if (depthOf(bytes) > MAX_DEPTH)
    return { ok: false, problem: `JSON nested deeper than ${MAX_DEPTH} levels` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value = JSON.parse(text) as unknown;
    return hasMisleadingName(value)
      ? { ok: false, problem: 'JSON with a field name that no answer has' }
      : { ok: true, value };
  } catch {
    // The parser's own message quotes the text around the mistake.
    return { ok: false, problem: bytes.length === 0 ? 'an empty body' : 'no valid JSON' };
  }
}

/** The deepest nesting of brackets outside of strings. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return deepest;
}

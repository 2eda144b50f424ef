import { type CST, Parser } from 'yaml';

/** No file of ours nests deeper than a dozen levels. */
export const MAX_NESTING = 64;

/** Up to so many levels nobody comes near the end of the stack, so that their number need not be known. */
const HARMLESS = 300;

/**
 * Whether the text nests deeper than it may. The reader of documents descends level by level, and a stack that is used up
 * can end the whole process, so this is asked before; it keeps its own list of what is left to look at.
 */
export function nestsTooDeep(text: string): boolean {
  if (mostLevels(text) <= HARMLESS) return false;
  let left = [...new Parser().parse(text)].map((token): Open => ({ token, level: 0 }));
  while (left.length > 0) {
    if (left.some(({ level }) => level > MAX_NESTING)) return true;
    left = left.flatMap(({ token, level }) =>
      partsOf(token).map((part) => ({ token: part, level: level + 1 })),
    );
  }
  return false;
}

interface Open {
  readonly token: CST.Token;
  readonly level: number;
}

function partsOf(token: CST.Token): CST.Token[] {
  const parts: (CST.Token | null | undefined)[] = [];
  if ('value' in token) parts.push(token.value);
  if ('items' in token) for (const { key, value } of token.items) parts.push(key, value);
  return parts.filter((part) => part !== null && part !== undefined);
}

/** A level of a block takes a column at least, one of a flow its bracket. */
function mostLevels(text: string): number {
  let brackets = 0;
  let longest = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) brackets += 1;
    else if (code === 0x0a || code === 0x0d) lineStart = at + 1;
    longest = Math.max(longest, at + 1 - lineStart);
  }
  return brackets + longest;
}

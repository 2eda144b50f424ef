import { characterClass, runEnd, runStart, textOf } from './character-class.js';
import type { Detection, Search } from './detector.js';
import type { SearchInput } from './searches.js';
import { plainDetection, shapeEnd } from './shape-at.js';

const NAME = characterClass('A-Za-z0-9_.-');
const ASSIGNMENT = characterClass('=:>(');
const QUOTES = characterClass('"\'`');
const AROUND = characterClass(' \t,"\'`[])@\\');
/** What follows the name of a function or a field, and no value. */
const ACCESS = characterClass('([.');
const COMMA = 44;
export const MAX_NAME = 64;
export const MAX_ASSIGNMENT = 16;

/** `C3D_ETL_KEY=…`, `"vidbeo_api_key": "…"`, `process.env['VIDBEO_KEY'] = '…'`: a telling name, an assignment, the value. */
export function detectAssigned(
  { bytes, detector, keywords }: SearchInput,
  { names }: Extract<Search, { kind: 'assigned' }>,
): Detection[] {
  return keywords.flatMap(({ from, to }) => {
    const nameStart = runStart(bytes, from, NAME, MAX_NAME);
    const nameEnd = runEnd(bytes, to, NAME, MAX_NAME);
    const name = textOf(bytes, nameStart, nameEnd).toLowerCase();
    if (!names.some((part) => name.includes(part))) return [];
    const start = valueStart(bytes, nameEnd);
    const end = start === undefined ? undefined : shapeEnd(bytes, start, detector.shape);
    if (start === undefined || end === undefined || ACCESS[bytes[end] ?? 0] === 1) return [];
    return [plainDetection(bytes, start, end)];
  });
}

/** Where the assigned value begins: behind a sign of assignment, or a comma and a quote. */
function valueStart(bytes: Uint8Array, nameEnd: number): number | undefined {
  let isAssigned = false;
  let hasComma = false;
  for (let at = nameEnd; at < nameEnd + MAX_ASSIGNMENT; at += 1) {
    const byte = bytes[at] ?? 0;
    if (ASSIGNMENT[byte] === 1 || (hasComma && QUOTES[byte] === 1)) isAssigned = true;
    else if (byte === COMMA) hasComma = true;
    else if (AROUND[byte] !== 1) return isAssigned ? at : undefined;
  }
  return undefined;
}

import { characterClass, runEnd, textOf } from './character-class.js';
import type { Detection } from './detector.js';
import type { SearchInput } from './searches.js';
import { shapeEnd } from './shape-at.js';

const BASE64 = characterClass('A-Za-z0-9+/=_-');
const MAX_ENCODED = 1024;
const COLON = 58;

/** `Authorization: Basic base64(KEY + ":")`: the user name of that shape, when the password is empty. */
export function detectBasicAuth({ bytes, detector, keywords }: SearchInput): Detection[] {
  return keywords.flatMap(({ to }) => {
    const end = runEnd(bytes, to, BASE64, MAX_ENCODED);
    const decoded = Buffer.from(textOf(bytes, to, end), 'base64');
    const isUserOnly = decoded.at(-1) === COLON;
    const userEnd = decoded.length - 1;
    if (!isUserOnly || shapeEnd(decoded, 0, detector.shape) !== userEnd) return [];
    return [{ value: textOf(decoded, 0, userEnd), from: to, to: end, encoding: 'basic-auth' }];
  });
}

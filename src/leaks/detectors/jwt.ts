import { base64Alignments } from '../../match/encodings.js';
import { characterClass, runEnd, runStart, textOf } from './character-class.js';
import type { Detection, Search } from './detector.js';
import type { SearchInput } from './searches.js';
import { plainDetection } from './shape-at.js';

const JWT = characterClass('A-Za-z0-9_.-');
/** On either side of the keyword. The vendor's tokens have 875 characters. */
export const MAX_JWT = 2048;

/** How the audience claim looks inside a token, wherever in the payload it stands. */
export function audienceKeywords(audience: string): readonly string[] {
  return [`"aud":"${audience}"`, `"aud":["${audience}"`].flatMap((claim) =>
    base64Alignments(Buffer.from(claim)).map(({ text }) => text.replaceAll('+', '-').replaceAll('/', '_')),
  );
}

/** A token of three parts whose payload names the audience. */
export function detectJwt(
  { bytes, keywords }: SearchInput,
  { audience }: Extract<Search, { kind: 'jwt' }>,
): Detection[] {
  const detections: Detection[] = [];
  let looked = 0;
  for (const keyword of keywords) {
    // Keywords crowd in one run only where somebody put them: each run is decoded once.
    if (keyword.from < looked) continue;
    const from = runStart(bytes, keyword.from, JWT, MAX_JWT);
    const to = runEnd(bytes, keyword.to, JWT, MAX_JWT);
    looked = to;
    const [, payload, signature, ...more] = textOf(bytes, from, to).split('.');
    const isToken = signature !== undefined && signature !== '' && more.length === 0;
    if (isToken && isFor(audience, payload ?? '')) detections.push(plainDetection(bytes, from, to));
  }
  return detections;
}

function isFor(audience: string, payload: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('aud' in claims)) return false;
    return claims.aud === audience || (Array.isArray(claims.aud) && claims.aud.includes(audience));
  } catch {
    return false;
  }
}

import type { Leak, Place } from '../../core/leak.js';
import type { AuditResult } from '../../core/result.js';
import { code } from '../escape/markdown.js';
import { fingerprintShort } from '../words/fingerprint-short.js';
import { leakContext, leakPhrase } from '../words/leak-phrase.js';
import { counted } from '../words/number-text.js';
import { placePhrase } from '../words/place-phrase.js';
import { rankedLeaks } from '../words/ranked-leaks.js';
import { type Block, block, heading } from './block.js';
import { phraseMarkup } from './phrase-markup.js';

/** A string may stand in thousands of commits; the JSON has all of its places. */
const MAX_PLACES = 20;

export function* leaksSection(result: AuditResult): Generator<Block> {
  if (result.leaks.length === 0) return;
  yield heading('Leaked strings, and which keys they are');
  const context = leakContext(result);
  for (const leak of rankedLeaks(result.leaks, result.findings)) {
    yield block([
      `<p>${code(fingerprintShort(leak.fingerprint))} ${phraseMarkup(leakPhrase(leak, context))}</p>`,
      ...otherPlaces(leak),
    ]);
  }
}

/** The oldest place is in the sentence already. */
function otherPlaces({ places }: Leak): readonly string[] {
  const others = places.slice(1);
  if (others.length === 0) return [];
  const left = others.length - MAX_PLACES;
  const rest = left > 0 ? [`<li>and ${counted(left, 'place')} more, in keyaudit.json</li>`] : [];
  const shown = others.slice(0, MAX_PLACES).map(placeItem);
  return [
    `<details><summary>${counted(others.length, 'further place')}</summary><ul>`,
    ...shown,
    ...rest,
    '</ul></details>',
  ];
}

const placeItem = (place: Place): string => `<li>${phraseMarkup(placePhrase(place))}</li>`;

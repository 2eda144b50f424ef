import { type KeyRef, keyRefText } from '../../../core/key.js';
import type { Leak } from '../../../core/leak.js';
import type { AuditResult } from '../../../core/result.js';
import { fingerprintShort } from '../../words/fingerprint-short.js';
import { type LeakContext, leakContext, leakPhrase } from '../../words/leak-phrase.js';
import { counted } from '../../words/number-text.js';
import { placePhrase } from '../../words/place-phrase.js';
import { rankedLeaks } from '../../words/ranked-leaks.js';
import { leakTimeline } from '../charts/leak-timeline.js';
import { keyAnchor, leakAnchor } from '../page/key-anchor.js';
import { name, phrase } from '../page/markup.js';

const MAX_PLACES = 50;

/** Every leaked string: what it is, how long it has been in the open, and where. */
export function* leaksSection(result: AuditResult): Generator<string> {
  if (result.leaks.length === 0) return;
  const context = leakContext(result);
  yield '<section aria-labelledby="leaks"><h2 id="leaks">Leaked strings</h2>\n';
  yield '<p class="muted">A dot is a place where the string stands: filled while it is still in HEAD, hollow when only the history has it. A line across is the day on which the last one left HEAD: from then on it can still be dug out.</p>\n';
  for (const leak of rankedLeaks(result.leaks, result.findings)) yield leakMarkup(leak, context);
  yield '</section>\n';
}

function leakMarkup(leak: Leak, context: LeakContext): string {
  const ref = leak.keys[0];
  const key = ref === undefined ? undefined : context.keys.get(keyRefText(ref));
  const listed = leak.keys.filter((one) => !context.deleted.has(keyRefText(one)));
  const links = listed.map(
    (one) => `<a href="#${keyAnchor(one.source, one.id)}">all about ${keyName(one, context)}</a>`,
  );
  return [
    `<article class="leak" id="${leakAnchor(leak.fingerprint)}"><h3>${title(leak, context)}</h3>`,
    `<p>${phrase(leakPhrase(leak, context))} ${links.join(', ')}</p>`,
    `<p class="muted">Fingerprint ${name(fingerprintShort(leak.fingerprint))}</p>`,
    leakTimeline({ leak, key, asOf: context.asOf }),
    places(leak),
    '</article>\n',
  ].join('\n');
}

function title(leak: Leak, context: LeakContext): string {
  if (leak.keys.length === 0)
    return `No key of the inventory, in ${name(leak.places[0]?.repository ?? 'nowhere')}`;
  return `Key ${leak.keys.map((one) => keyName(one, context)).join(' and ')}`;
}

function keyName(one: KeyRef, { keys }: LeakContext): string {
  const known = keys.get(keyRefText(one))?.name;
  return name(known?.state === 'known' && known.value !== '' ? known.value : one.id);
}

function places({ places: all }: Leak): string {
  const shown = all.slice(0, MAX_PLACES).map((place) => `<li>${phrase(placePhrase(place))}</li>`);
  const left = all.length - shown.length;
  const rest = left > 0 ? `<li>and ${counted(left, 'place')} more, in keyaudit.json</li>` : '';
  return `<details><summary>${counted(all.length, 'place')}${all.length > 1 ? ', oldest first' : ''}</summary><ul>${shown.join('')}${rest}</ul></details>`;
}

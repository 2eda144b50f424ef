import { type KeyRecord, keyRefText } from '../../core/key.js';
import type { Instant } from '../../core/instant.js';
import type { Leak, Place } from '../../core/leak.js';
import type { AuditResult } from '../../core/result.js';
import { ageText } from './age-text.js';
import { counted } from './number-text.js';
import { joined, type Phrase, quoted } from './phrase.js';
import { placePhrase } from './place-phrase.js';

/** What leaks are joined to. */
export interface LeakContext {
  readonly asOf: Instant;
  readonly keys: ReadonlyMap<string, KeyRecord>;
  /** Those of them that no source lists any more. */
  readonly deleted: ReadonlySet<string>;
}

export const leakContext = ({ run, keys, deletedKeys = [] }: AuditResult): LeakContext => ({
  asOf: run.asOf,
  deleted: new Set(deletedKeys.map(keyRefText)),
  keys: new Map([...deletedKeys, ...keys].map((key) => [keyRefText(key), key])),
});

/** A leak joined to what is known of its key, in one sentence. */
export function leakPhrase(leak: Leak, context: LeakContext): Phrase {
  return [...whatItIs(leak, context), '; ', ...placesPhrase(leak.places), '.'];
}

function whatItIs(leak: Leak, context: LeakContext): Phrase {
  if (leak.keys.length === 0) return ['This string is no key of the inventory; ', ...recognised(leak)];
  const phrases = leak.keys.map((ref): Phrase => {
    const key = context.keys.get(keyRefText(ref));
    return key === undefined ? ['key ', quoted(keyRefText(ref))] : keyPhrase(key, context);
  });
  return ['This string is ', ...joined(phrases, ', and also ')];
}

function recognised({ recognition, vendor, confidence }: Leak): Phrase {
  const whose = vendor === undefined ? [] : [' of ', quoted(vendor)];
  if (recognition.by !== 'detector') return ['it was given to the audit as a key', ...whose];
  return [
    'it looks like a key',
    ...whose,
    ' (detector ',
    quoted(recognition.detector),
    `, ${confidence} confidence)`,
  ];
}

function keyPhrase(key: KeyRecord, context: LeakContext): Phrase {
  const name = key.name.state === 'known' && key.name.value !== '' ? key.name.value : key.id;
  const project = key.project.state === 'known' ? [' of project ', quoted(key.project.value.name)] : [];
  return [
    'key ',
    quoted(name),
    ...project,
    ' (',
    quoted(key.source),
    context.deleted.has(keyRefText(key))
      ? `), which no source lists any more: ${life(key)}`
      : `): ${whatItCan(key, context).join(', ')}`,
  ];
}

function whatItCan(key: KeyRecord, { asOf }: LeakContext): readonly string[] {
  const access = key.access.state === 'known' ? `it can ${key.access.value}` : 'what it may do is unknown';
  const age =
    key.createdAt.state === 'known' ? [`${ageText(key.createdAt.value, asOf)} old`] : ['age unknown'];
  return [access, network(key), ...age, life(key)];
}

function network({ anyAddress }: KeyRecord): string {
  if (anyAddress.state !== 'known') return 'from where is unknown';
  return anyAddress.value ? 'from any address' : 'from listed addresses only';
}

function life({ live }: KeyRecord): string {
  if (live.state !== 'known') return 'not known whether it still works';
  return live.value ? 'still alive' : 'no longer alive';
}

function placesPhrase(places: readonly Place[]): Phrase {
  const oldest = places[0];
  if (oldest === undefined) return ['no place'];
  const open = places.some((place) => place.visibility === 'public') ? ', public' : '';
  if (places.length === 1) return ['1 place', open, ': ', ...placePhrase(oldest)];
  return [`${counted(places.length, 'place')}${open}, the oldest `, ...placePhrase(oldest)];
}

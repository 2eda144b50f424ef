import { dateOf } from '../../core/instant.js';
import type { Drift, DriftedKey, KeyChange } from '../../core/drift.js';
import { counted } from './number-text.js';
import { joined, type Phrase, quoted } from './phrase.js';

/** One key that drifted: what happened, and to which key. */
export interface DriftEntry {
  readonly what: 'new' | 'gone' | 'changed';
  readonly key: DriftedKey;
  readonly phrase: Phrase;
}

/** Every entry of a drift; changes first, because a wider key is worse than one more. */
export const driftEntries = ({ appeared, gone, changed }: Drift): readonly DriftEntry[] => [
  ...changed.map((key): DriftEntry => ({ what: 'changed', key, phrase: changedPhrase(key, key.changes) })),
  ...appeared.map((key): DriftEntry => ({ what: 'new', key, phrase: keyPhrase(key) })),
  ...gone.map((key): DriftEntry => ({ what: 'gone', key, phrase: keyPhrase(key) })),
];

/** `Since 2026-11-08: 1 key changed, 2 new, 0 gone, among 3 sources.` */
export function driftSummary({ since, sources, appeared, gone, changed }: Drift): string {
  const numbers = `${counted(changed.length, 'key')} changed, ${appeared.length} new, ${gone.length} gone`;
  return `Since ${dateOf(since)}: ${numbers}, among ${counted(sources.length, 'source')} read completely both times.`;
}

function keyPhrase({ id, name, project, source }: DriftedKey): Phrase {
  const of = project === undefined ? [] : [' of project ', quoted(project)];
  const named: Phrase = name === undefined || name === '' ? [] : [quoted(name), ', '];
  return ['key ', ...named, quoted(id), ...of, ' (', quoted(source), ')'];
}

const changedPhrase = (key: DriftedKey, changes: readonly KeyChange[]): Phrase => [
  ...keyPhrase(key),
  ': ',
  ...joined(changes.map(changePhrase), '; '),
];

const CHANGES = {
  'access-widened': ({ before, after }) => [`could ${before}, can ${after} now`],
  'network-widened': ({ before, after }) => [`had ${before}, now also open to `, quoted(after)],
  renamed: ({ before, after }) => ['was named ', quoted(before), ', now ', quoted(after)],
  'owner-changed': ({ before, after }) => ['was owned by ', ownerPart(before), ', now by ', ownerPart(after)],
} as const satisfies Record<KeyChange['kind'], (change: KeyChange) => Phrase>;

const changePhrase = (change: KeyChange): Phrase => CHANGES[change.kind](change);

const ownerPart = (owner: string): Phrase[number] => (owner === '' ? 'nobody' : quoted(owner));

import type { Fact } from '../../../core/fact.js';
import { dateOf, type Instant } from '../../../core/instant.js';
import type { Declaration, KeyRecord } from '../../../core/key.js';
import { ageText } from '../../words/age-text.js';
import { fingerprintShort } from '../../words/fingerprint-short.js';
import { counted } from '../../words/number-text.js';
import { name, owner, text } from '../page/markup.js';

/** Names of projects that a reader takes in; the JSON has all. */
const MAX_NAMES = 10;

type Line = readonly [term: string, markup: string];

/** What is known of a key, as terms and markup. What is not known says why. */
export function keyFacts(key: KeyRecord, asOf: Instant): readonly Line[] {
  const moment = (at: Instant | 'never'): string =>
    at === 'never' ? at : `${dateOf(at)} (${at > asOf ? 'ahead' : `${ageText(at, asOf)} ago`})`;
  return [
    ['Kind', `${text(key.kind)} of ${text(key.vendor)}, ${key.scope}`],
    ['Id', name(key.id)],
    ['Project', shown(key.project, (project) => name(project.name))],
    ['Access', shown(key.access, (access) => access)],
    ['Permissions', shown(key.permissions, names)],
    ['Network', network(key)],
    ['Made', shown(key.createdAt, moment)],
    ['Last used', shown(key.lastUsedAt, moment)],
    ['Expires', shown(key.expiresAt, moment)],
    ['Works', shown(key.live, (live) => (live ? 'yes' : 'no'))],
    ['Opens', shown(key.reaches, names)],
    ['Fingerprint', shown(key.fingerprint, (fingerprint) => name(fingerprintShort(fingerprint)))],
    ...declared(key.declared),
  ];
}

function shown<T>(fact: Fact<T>, show: (value: T) => string): string {
  if (fact.state === 'known') return show(fact.value);
  const label = fact.state === 'unknown' ? 'not known' : 'cannot be told';
  return `<span class="muted">${label}: ${text(fact.reason)}</span>`;
}

function names(all: readonly string[]): string {
  if (all.length === 0) return 'none listed';
  const left = all.length - MAX_NAMES;
  return all.slice(0, MAX_NAMES).map(name).join(', ') + (left > 0 ? ` and ${counted(left, 'other')}` : '');
}

function network({ anyAddress, allowlist }: KeyRecord): string {
  if (anyAddress.state === 'known' && anyAddress.value) return 'any address';
  return shown(allowlist, names);
}

function declared(declaration: Declaration | undefined): readonly Line[] {
  if (declaration === undefined) return [['Owner', 'nobody wrote one down']];
  const { system, purpose, environment } = declaration;
  const others = { System: system, Purpose: purpose, Environment: environment };
  const lines = Object.entries(others).flatMap(([term, value]): readonly Line[] =>
    value === undefined ? [] : [[term, text(value)]],
  );
  return [['Owner', owner(declaration.owner ?? null)], ...lines];
}

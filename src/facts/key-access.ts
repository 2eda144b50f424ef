import type { Fact } from '../core/fact.js';
import { flatMapFact, inferred, known, mapFact, notApplicable } from '../core/fact.js';
import type { Access, KeyRecord } from '../core/key.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { plainText } from './key-identity.js';

/** Words in a name that promise a key which only reads; our judgement, after the names that vendors suggest. */
const READING_WORDS = new Set([
  'fetch',
  'read',
  'reader',
  'readonly',
  'analytics',
  'report',
  'reports',
  'reporting',
  'stats',
  'statistics',
  'dashboard',
  'export',
  'monitoring',
]);

/** What a key may do, and what it was meant to do. */
export const KEY_ACCESS: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.access', 'string', {
    meaning: '`read` or `write`; who can write can read as well',
    compute: (key): Fact<string> => key.access,
  }),
  defineFact('key.canWrite', 'bool', {
    meaning: 'it can change or delete what it reaches',
    compute: (key) => mapFact(key.access, isWrite),
  }),
  defineFact('key.permissions', 'strings', {
    meaning: 'its permissions as the vendor lists them; the empty list may be the widest grant',
    compute: (key) => key.permissions,
  }),
  defineFact('key.readOnlyOffered', 'bool', {
    meaning: 'the vendor can issue this kind of key read-only',
    compute: readOnlyOffered,
  }),
  defineFact('key.avoidableWrite', 'bool', {
    meaning: 'it can write although its vendor offers read-only keys of its kind',
    compute: (key) =>
      readOnlyOffered(key).state === 'not-applicable' ? known(false) : mapFact(key.access, isWrite),
  }),
  defineFact('key.intendedAccess', 'string', {
    meaning:
      '`read` or `write` as declared; else `read` when its name speaks of reading only; else `undeclared`',
    confidence: 'medium',
    compute: intendedAccess,
  }),
  defineFact('key.intendedAccessFrom', 'string', {
    meaning: 'where the intended access is known from: `register`, `name` or `nowhere`',
    compute: intendedAccessFrom,
  }),
];

const isWrite = (access: Access): boolean => access === 'write';

// An organization's or a domain's key is issued read-only or not; elsewhere a list of permissions must exist.
function readOnlyOffered(key: KeyRecord): Fact<boolean> {
  if (key.scope === 'organization' || key.scope === 'domain') return known(true);
  if (key.permissions.state === 'not-applicable') return notApplicable(key.permissions.reason);
  return known(true);
}

function intendedAccess(key: KeyRecord): Fact<string> {
  if (key.declared?.access !== undefined) return known(key.declared.access);
  return flatMapFact(speaksOfReading(key), (reading) =>
    reading ? inferred('read', 'medium') : known('undeclared'),
  );
}

function intendedAccessFrom(key: KeyRecord): Fact<string> {
  if (key.declared?.access !== undefined) return known('register');
  return mapFact(speaksOfReading(key), (reading) => (reading ? 'name' : 'nowhere'));
}

function speaksOfReading(key: KeyRecord): Fact<boolean> {
  if (key.name.state === 'not-applicable') return known(false);
  return flatMapFact(key.name, (name) => {
    const words = plainText(name).split(' ');
    // "read write", "export and upload": a name that also speaks of writing promises nothing.
    const writes = words.some((word) => word === 'write' || word === 'rw' || word === 'upload');
    return known(!writes && words.some((word) => READING_WORDS.has(word)));
  });
}

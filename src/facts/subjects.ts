import { type Fact, isKnown } from '../core/fact.js';
import type { Subject } from '../core/finding.js';
import { type KeyRecord, keyRefText, type ProjectRecord } from '../core/key.js';
import type { Leak } from '../core/leak.js';
import type { FactValue, JudgedSubject } from '../core/vocabulary.js';
import { type AuditContext, type FactContext, indexContext } from './context.js';
import { constantSheet, type FactSheet, factSheet, tableOf } from './fact-sheet.js';
import { KEY_FACTS, LEAK_FACTS, PROJECT_FACTS } from './index.js';
import { NO_KEY } from './key-identity.js';

const KEY_TABLE = tableOf(KEY_FACTS);
const LEAK_TABLE = tableOf(LEAK_FACTS);
const PROJECT_TABLE = tableOf(PROJECT_FACTS);

/** All of {@link eachSubject} at once. */
export const subjectsOf = (context: AuditContext): readonly JudgedSubject[] => [...eachSubject(context)];

/**
 * Everything to judge: every key, every leak, every project; one after the other, so that the facts of one can be
 * forgotten once it is judged.
 * A leaked string that is the value of several keys is judged once with each: every one of those records has its own
 * owner and must be rotated for itself.
 */
export function* eachSubject(auditContext: AuditContext): Generator<JudgedSubject> {
  const context = indexContext(auditContext);
  for (const key of context.keys) yield keySubject(key, context);
  for (const leak of context.leaks) yield* leakSubjects(leak, context);
  for (const project of context.projects) yield projectSubject(project, context);
}

function keySubject(key: KeyRecord, context: FactContext): JudgedSubject {
  return {
    subject: describeKey('key', key),
    owner: key.declared?.owner ?? null,
    places: [],
    fact: asker(factSheet(KEY_TABLE, key, context)),
  };
}

function leakSubjects(leak: Leak, context: FactContext): readonly JudgedSubject[] {
  const sheet = factSheet(LEAK_TABLE, leak, context);
  const keys = leak.keys.flatMap((ref) => context.keysByRef.get(keyRefText(ref)) ?? []);
  if (keys.length === 0) return [unregisteredLeak(leak, sheet)];
  return keys.map((key) => ({
    subject: { ...describeKey('leak', key), fingerprint: leak.fingerprint },
    owner: key.declared?.owner ?? null,
    places: leak.places,
    fact: asker(sheet, factSheet(KEY_TABLE, key, context)),
  }));
}

function unregisteredLeak(leak: Leak, sheet: FactSheet): JudgedSubject {
  return {
    subject: {
      kind: 'leak',
      source: leak.places[0]?.repository ?? 'unknown',
      id: leak.fingerprint,
      ...(leak.vendor === undefined ? {} : { vendor: leak.vendor }),
      fingerprint: leak.fingerprint,
    },
    owner: null,
    places: leak.places,
    fact: asker(sheet, constantSheet(KEY_TABLE, NO_KEY)),
  };
}

function projectSubject(project: ProjectRecord, context: FactContext): JudgedSubject {
  const { source, id, vendor, name } = project;
  return {
    subject: { kind: 'source', source, id, vendor, ...(isKnown(name) ? { name: name.value } : {}) },
    owner: null,
    places: [],
    fact: asker(factSheet(PROJECT_TABLE, project, context)),
  };
}

function describeKey(kind: 'key' | 'leak', key: KeyRecord): Subject {
  const { source, id, vendor, name, project } = key;
  return {
    kind,
    source,
    id,
    vendor,
    ...(isKnown(name) ? { name: name.value } : {}),
    ...(isKnown(project) ? { project: project.value.name } : {}),
  };
}

function asker(sheet: FactSheet, further?: FactSheet): (name: string) => Fact<FactValue> {
  return (name) => {
    const answer = sheet(name) ?? further?.(name);
    if (answer !== undefined) return answer;
    throw new TypeError(`there is no fact ${name}`);
  };
}

import { keyId, sourceId, vendorId } from '../core/brand.js';
import { instantFromMs } from '../core/instant.js';
import { VOCABULARY } from '../facts/index.js';
import { subjectsOf } from '../facts/subjects.js';
import type { Provider } from '../providers/define-provider.js';
import { type KeyKind, keyRecord } from '../providers/key-kind.js';

/**
 * Which vendors can tell each fact about keys and projects, in words: `all`, or their names. Nobody keeps a table of it:
 * a key of each kind of which nothing but its gaps is known is asked every fact, and answers with a gap or without.
 */
export function factTellers(providers: readonly Provider[]): ReadonlyMap<string, string> {
  const kinds = providers.map(({ vendor, kinds: own }) => ({ vendor, kinds: own.map(silentKind) }));
  const withProjects = providers.filter((provider) =>
    provider.kinds.some(({ gaps }) => gaps.project === undefined),
  );
  const projects = withProjects.map(({ vendor }) => vendor).join(', ');
  return new Map([
    ...VOCABULARY.key.map(({ name }) => [name, inWords(name, kinds)] as const),
    ...VOCABULARY.source.map(({ name }) => [name, projects] as const),
  ]);
}

interface SilentKind {
  readonly kind: string;
  /** Whether a key of this kind can never have the fact. */
  readonly lacks: (fact: string) => boolean;
}

/** No fact of a key without dates depends on the day. */
const ANY_DAY = instantFromMs(0);

function silentKind(kind: KeyKind): SilentKind {
  const key = keyRecord(kind, {
    source: sourceId('any'),
    id: keyId('any'),
    vendor: vendorId('any'),
    usedByAudit: false,
    declared: undefined,
    facts: {},
  });
  const subject =
    ANY_DAY && subjectsOf({ ...EVERYTHING_DECLARED, asOf: ANY_DAY, keys: [key], previousKeys: [key] })[0];
  const gaps = new Set(Object.values(kind.gaps));
  return {
    kind: kind.kind,
    lacks: (fact) => {
      const answer = subject?.fact(fact);
      return answer?.state === 'not-applicable' && gaps.has(answer.reason);
    },
  };
}

/** What a configuration can add is there, so that only the vendor's own gaps are left. */
const EVERYTHING_DECLARED = {
  egress: ['192.0.2.0/24'],
  roster: ['somebody'],
  register: true,
  projects: [],
  leaks: [],
};

interface VendorKinds {
  readonly vendor: string;
  readonly kinds: readonly SilentKind[];
}

function inWords(fact: string, vendors: readonly VendorKinds[]): string {
  const told = vendors.flatMap(({ vendor, kinds }) => {
    const lacking = kinds.filter(({ lacks }) => lacks(fact)).map(({ kind }) => kind);
    if (lacking.length === kinds.length) return [];
    return [lacking.length === 0 ? vendor : `${vendor} (not ${lacking.join(', ')})`];
  });
  if (told.length === 0) return 'none of them';
  return told.join() === vendors.map(({ vendor }) => vendor).join() ? 'all' : told.join(', ');
}

import type { Fact } from '../../core/fact.js';
import type { KeyRecord, ProjectRecord } from '../../core/key.js';
import { flatFacts } from './flat-facts.js';

/** A key as `keyaudit.json` shows it: flat, with the reasons of what is not known beside it. */
export function keyJson(key: KeyRecord): Readonly<Record<string, unknown>> {
  const { source, id, vendor, kind, scope, usedByAudit, declared, ...facts } = key;
  const { values, reasons } = flatFacts(facts);
  return {
    ...values,
    source,
    id,
    vendor,
    kind,
    scope,
    usedByAudit,
    declared: declared ?? null,
    owner: declared?.owner ?? null,
    network: networkOf(key),
    reasons,
  };
}

/** `any`, the list of addresses, `unknown` or `not-applicable`. */
function networkOf({ anyAddress, allowlist }: KeyRecord): unknown {
  if (anyAddress.state === 'known' && anyAddress.value) return 'any';
  return valueOf(allowlist);
}

const valueOf = (fact: Fact<unknown>): unknown => (fact.state === 'known' ? fact.value : fact.state);

/** A project as `keyaudit.json` shows it, in the same way. */
export function projectJson(project: ProjectRecord): Readonly<Record<string, unknown>> {
  const { source, vendor, id, ...facts } = project;
  const { values, reasons } = flatFacts(facts);
  return { ...values, source, vendor, id, reasons };
}

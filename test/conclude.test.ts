import { describe, expect, it } from 'vitest';
import { conclude } from '../src/audit.js';
import { readConfig } from '../src/config/config.js';
import { keyId } from '../src/core/brand.js';
import { known } from '../src/core/fact.js';
import type { KeyRecord } from '../src/core/key.js';
import type { AuditResult } from '../src/core/result.js';
import { VOCABULARY } from '../src/facts/index.js';
import { loadRules } from '../src/rules/load.js';
import { AS_OF, aCoverage, aKey, aProject, instant } from './support/audit-result.js';

interface Company {
  readonly keys?: readonly KeyRecord[];
  /** What the configuration says besides its version. */
  readonly config?: string;
}

/** What the thinking half of an audit makes of a company without repositories. */
async function concluded({ keys = [aKey()], config = '' }: Company = {}): Promise<AuditResult> {
  const read = readConfig({ file: 'audit.config.yaml', text: `version: 1\n${config}` });
  const { disable, params, severity } = read.rules;
  const rules = await loadRules({ vocabulary: VOCABULARY, disable, params, severity });
  const inventory = {
    schemaVersion: 1 as const,
    collectedAt: AS_OF,
    keys,
    projects: [aProject()],
    coverage: [aCoverage()],
  };
  return conclude(
    { tool: { name: 'keyaudit', version: '0' }, config: read, register: undefined, rules, asOf: AS_OF },
    { startedAt: AS_OF, inventory, candidates: [], coverage: [], texts: [], notes: [] },
    () => AS_OF,
  );
}

describe('what the configuration changes about the rules', () => {
  it('is told in the notes of the result, and counts', async () => {
    const config = `
rules:
  disable: [name-meaningless]
  params: { key-too-old: { days: 30 } }
  severity: { write-open-old: low }
`;
    const { notes } = await concluded({ config });
    expect(notes).toContainEqual(expect.stringContaining('key-too-old is judged by days = 30 instead of 90'));
    expect(notes).toContain('The configuration rates write-open-old low; its own severity is critical.');
    expect(notes).toContain(
      'The configuration leaves the rule name-meaningless out: nothing was judged by it.',
    );
  });
});

describe('the compliance view', () => {
  const old = aKey({ createdAt: known(instant('2020-01-01')) });
  const young = aKey({ id: keyId('ak2'), createdAt: known(AS_OF) });

  async function resultFor(keys: readonly KeyRecord[], standard: string, control: string) {
    const { compliance } = await concluded({ keys });
    const controls = compliance?.find(({ id }) => id === standard)?.controls;
    return controls?.find(({ id }) => id === control)?.result;
  }

  it.each([
    ['a control whose rule fails is broken', [old], 'owasp-nhi', 'NHI7', 'broken'],
    ['a part of one that nothing was found against is said so', [young], 'pci-dss', '8.6.3', 'nothing-found'],
    [
      'a control whose only rule no vendor can feed is not known',
      [young],
      'cis-controls',
      '5.3',
      'not-known',
    ],
    ['a control without a rule is not covered', [young], 'owasp-nhi', 'NHI6', 'not-covered'],
    ['a control of another cloud is not covered by related rules', [old], 'cis-aws', '1.14', 'not-covered'],
  ] as const)('%s', async (_what, keys, standard, control, expected) => {
    expect(await resultFor(keys, standard, control)).toBe(expected);
  });
});

describe('the forecast', () => {
  const created = (day: string) => aKey({ createdAt: known(instant(day)) });

  it.each([
    ['a key that is too old in four days', '2026-08-21', 'fails-then', 'medium'],
    ['a key that weighs more in four days', '2025-11-19', 'weighs-more', 'high'],
  ])('of a week names %s', async (_what, day, because, severity) => {
    const { forecast } = await concluded({ keys: [created(day)] });
    const old = forecast?.coming.filter(({ finding }) => finding.rule === 'key-too-old');
    expect(forecast?.until).toBe(instant('2026-11-22'));
    expect(old).toMatchObject([{ because, finding: { severity } }]);
  });

  it.each(['2026-11-01', '2026-01-01', '2020-01-01'])('does not name a key of %s', async (day) => {
    const { forecast } = await concluded({ keys: [created(day)] });
    expect(forecast?.coming.filter(({ finding }) => finding.rule === 'key-too-old')).toEqual([]);
  });
});

describe('the order of risks', () => {
  it('covers every active finding once', async () => {
    const keys = [aKey(), aKey({ id: keyId('ak2'), access: known('read') })];
    const { findings, risks } = await concluded({ keys });
    const active = findings.filter(({ verdict, status }) => verdict === 'fail' && status !== 'suppressed');
    expect(risks?.flatMap((risk) => risk.findings).toSorted()).toEqual(active.map(({ id }) => id).toSorted());
    expect(risks?.map(({ subject }) => subject.id)).toEqual(['ak1', 'ak2']);
  });
});

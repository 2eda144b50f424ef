import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AuditContext } from '../../src/facts/context.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { judgeOne, type Outcome } from '../../src/rules/judge-one.js';
import { loadRules } from '../../src/rules/load.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { AS_OF } from './audit-result.js';

/** The built-in rules, loaded once. */
export const BUILT_IN: Promise<RuleSet> = loadRules({ vocabulary: VOCABULARY });

export const aContext = (over: Partial<AuditContext> = {}): AuditContext => ({
  asOf: AS_OF,
  egress: [],
  roster: [],
  keys: [],
  projects: [],
  leaks: [],
  ...over,
});

/** What one rule says of the first subject of its kind, through facts and engine as they are. */
export function outcomeOf(ruleSet: RuleSet, id: string, context: AuditContext): Outcome {
  const rule = ruleSet.compiled.find((candidate) => candidate.rule.id === id);
  const subject = subjectsOf(context).find(({ subject: { kind } }) => kind === rule?.rule.subject);
  if (rule === undefined || subject === undefined) throw new Error(`no rule ${id}, or nothing to judge`);
  return judgeOne(rule, subject, ruleSet.compilers[rule.rule.subject].factsOf(subject));
}

/** Writes files into a new folder, gives it to `use`, and removes it. */
export async function withFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'keyaudit-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A small sound rule; `over` replaces whole lines by their field. */
export function ruleText(over: Readonly<Record<string, string>> = {}): string {
  const fields: Record<string, string> = {
    id: 'own-rule',
    title: 'A rule of our own',
    subject: 'key',
    severity: 'medium',
    confidence: 'high',
    why: 'Because.',
    fix: 'Do it.',
    needs: '[key.ageDays]',
    when: 'key.ageDays > params.days',
    message: '"It is {key.ageDays} days old."',
    params: '{ days: { default: 10, unit: days, source: our judgement } }',
    maps: '[{ standard: CWE, id: CWE-324, strength: direct }]',
    references: '[]',
    examples:
      '{ fails: [{ it: is old, facts: { key.ageDays: 11 } }], passes: [{ it: is new, facts: { key.ageDays: 10 } }] }',
    ...over,
  };
  return `${Object.entries(fields)
    .map(([name, text]) => `${name}: ${text}`)
    .join('\n')}\n`;
}

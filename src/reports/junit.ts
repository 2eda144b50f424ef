import type { Coverage } from '../core/coverage.js';
import type { Drift } from '../core/drift.js';
import type { Finding } from '../core/finding.js';
import type { AuditResult } from '../core/result.js';
import { xml } from './escape/xml.js';
import type { RenderedFile, Report } from './rendered-file.js';
import { controlName, RESULT_WORDS, rulesText } from './words/compliance-words.js';
import { driftEntries, driftSummary } from './words/drift-phrase.js';
import { phraseLine } from './words/phrase-line.js';

type Outcome = 'failure' | 'skipped' | 'error';

interface TestCase {
  readonly name: string;
  /** Absent for what passed. */
  readonly outcome?: Outcome;
  readonly message?: string;
  readonly detail?: string;
}

interface TestSuite {
  readonly name: string;
  /** What is told without being judged. */
  readonly properties?: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly TestCase[];
}

/**
 * `keyaudit.junit.xml`: one suite a rule, one case a finding. Suppressed findings and what could not be judged are
 * skipped cases, sources that could not be read are errors, a rule without findings is one passed case. What changed since the
 * last run, notes on this one and the controls of standards are properties of suites of their own: they fail nothing.
 */
export const junitReport: Report = (result): readonly RenderedFile[] => [
  { path: 'keyaudit.junit.xml', content: documentText(result) },
];

function* documentText(result: AuditResult): Generator<string> {
  const suites = [coverageSuite(result.coverage), ...ruleSuites(result), ...toldSuites(result)];
  const all = suites.flatMap((suite) => suite.cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="keyaudit" ${totals(all)}>\n`;
  for (const suite of suites) {
    yield `  <testsuite name="${xml(suite.name)}" ${totals(suite.cases)}>\n`;
    yield* propertiesText(suite.properties ?? []);
    for (const testCase of suite.cases) yield caseText(suite.name, testCase);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function coverageSuite(coverage: readonly Coverage[]): TestSuite {
  const cases = coverage.map(({ source, part, status, reason }): TestCase => {
    const name = `${source}: ${part}`;
    return status === 'complete'
      ? { name }
      : { name, outcome: 'error', message: `${status}: ${reason ?? ''}` };
  });
  return { name: 'coverage', cases };
}

/** Sections that no finding stands behind. */
function toldSuites({ drift, notes, compliance = [] }: AuditResult): readonly TestSuite[] {
  const controls = compliance.flatMap((standard) =>
    standard.controls.map((control): readonly [string, string] => {
      const rules = control.rules.length === 0 ? '' : `: ${rulesText(control)}`;
      return [`${standard.name}: ${controlName(control)}`, RESULT_WORDS[control.result] + rules];
    }),
  );
  return [
    ...(drift === undefined ? [] : [driftSuite(drift)]),
    ...toldSuite(
      'notes',
      notes.map((note) => ['note', note]),
    ),
    ...toldSuite('standards', controls),
  ];
}

const toldSuite = (name: string, properties: NonNullable<TestSuite['properties']>): readonly TestSuite[] =>
  properties.length === 0 ? [] : [{ name, cases: [], properties }];

function driftSuite(drift: Drift): TestSuite {
  const entries = driftEntries(drift).map(({ what, phrase }) => [what, phraseLine(phrase)] as const);
  return { name: 'drift', cases: [], properties: [['summary', driftSummary(drift)], ...entries] };
}

function* propertiesText(properties: NonNullable<TestSuite['properties']>): Generator<string> {
  if (properties.length === 0) return;
  yield '    <properties>\n';
  for (const [name, value] of properties) {
    yield `      <property name="${xml(name)}" value="${xml(value)}"/>\n`;
  }
  yield '    </properties>\n';
}

function ruleSuites({ rules, findings }: AuditResult): readonly TestSuite[] {
  const cases = new Map<string, TestCase[]>(rules.map((rule) => [rule.id, []]));
  for (const finding of findings) {
    const suite = cases.get(finding.rule) ?? [];
    suite.push(findingCase(finding));
    cases.set(finding.rule, suite);
  }
  return [...cases].map(([name, list]) => ({
    name,
    cases: list.length === 0 ? [{ name: 'no finding' }] : list,
  }));
}

function findingCase({ subject, verdict, status, severity, message, owner, fix }: Finding): TestCase {
  const skipped = verdict === 'unknown' || status === 'suppressed';
  const label = status === 'suppressed' ? 'suppressed' : verdict === 'unknown' ? 'unknown' : severity;
  return {
    name: `${subject.kind} ${subject.source}/${subject.id}`,
    outcome: skipped ? 'skipped' : 'failure',
    message: `${label}: ${message}`,
    detail: `Owner: ${owner ?? 'nobody'}. Next step: ${fix}`,
  };
}

function totals(cases: readonly TestCase[]): string {
  const of = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function caseText(suite: string, { name, outcome, message = '', detail }: TestCase): string {
  const open = `    <testcase classname="${xml(suite)}" name="${xml(name)}"`;
  if (outcome === undefined) return `${open}/>\n`;
  const attribute = `message="${xml(message)}"`;
  // A skipped case has no text in the schemas that CI servers use.
  const inner =
    outcome === 'skipped' || detail === undefined
      ? `<${outcome} ${attribute}/>`
      : `<${outcome} ${attribute}>${xml(detail)}</${outcome}>`;
  return `${open}>${inner}</testcase>\n`;
}

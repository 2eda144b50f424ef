import { compareText } from '../core/compare-text.js';
import { isComplete, type Coverage } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import { type Problem, ProblemsError } from '../core/errors/problem.js';
import { jsonText } from '../core/json-text.js';
import type { Finding } from '../core/finding.js';

const HEADER = '# keyaudit baseline 1: findings that are known. One line a finding: id, rule, subject.';
const LINE = /^([0-9a-f]{32})(?: |$)/;

/** The baseline of an audit that could not read everything would forget what it did not see. */
export class IncompleteBaselineError extends AuditError {
  readonly exitCode = 3;
}

/**
 * The text that accepts today's active findings as known: sorted, one line a finding, without dates and line
 * numbers, so that two branches that change it can be merged.
 * @throws IncompleteBaselineError when something could not be read; the old file stays as it is.
 */
export function baselineText(findings: readonly Finding[], coverage: readonly Coverage[]): string {
  if (coverage.length === 0 || !isComplete(coverage)) {
    throw new IncompleteBaselineError('the audit is incomplete, so the baseline stays as it is', {
      hint: 'make every source readable (keyaudit doctor), then run keyaudit baseline again',
    });
  }
  const lines = findings
    .filter(({ verdict, status }) => verdict === 'fail' && status !== 'suppressed')
    .map(({ id, rule, subject }) => ({
      id,
      text: `${rule} ${jsonText(`${subject.source}/${subject.id}`)}`,
    }))
    .toSorted((left, right) => compareText(left.text, right.text) || compareText(left.id, right.id));
  return [HEADER, ...lines.map(({ id, text }) => `${id} ${text}`), ''].join('\n');
}

/**
 * The ids in a baseline. Blank lines and lines that begin with `#` are skipped; only the id of a line counts.
 * @throws ProblemsError with every line that is not one, also conflict marks of an unfinished merge.
 */
export function parseBaseline(text: string, file: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const problems: Problem[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const id = LINE.exec(line)?.[1];
    if (id !== undefined) ids.add(id);
    else
      problems.push({ file, line: index + 1, column: 1, message: 'expected the 32 hex digits of a finding' });
  }
  if (problems.length > 0) throw new ProblemsError('The baseline cannot be read.', problems);
  return ids;
}

/** Ids of the baseline that no finding has any more: they are fixed, and `keyaudit baseline` would drop them. */
export function goneFromBaseline(
  known: ReadonlySet<string>,
  findings: readonly Finding[],
): readonly string[] {
  const present = new Set(findings.map(({ id }) => id));
  return [...known].filter((id) => !present.has(id)).toSorted(compareText);
}

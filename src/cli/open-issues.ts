import { isComplete } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import type { AuditResult } from '../core/result.js';
import type { IssueEntry } from '../github/issue-entry.js';
import { markerDigest } from '../github/issue-marker.js';
import type { IssueStep, IssueWish } from '../github/issue-plan.js';
import { type IssueOutcome, keepIssues } from '../github/owner-issues.js';
import { HttpSession } from '../http/session.js';
import { type OwnerIssue, ownerIssues } from '../reports/issues/owner-issues.js';
import { tokenOf } from './github-token.js';
import type { Shell } from './shell.js';

export interface IssueJob {
  readonly result: AuditResult;
  readonly entry: IssueEntry;
  /** Without it, only says what would be done. */
  readonly write: boolean;
}

/**
 * Keeps one issue for each owner up to date, and tells what became of each. An audit that could not read everything
 * changes none: what it missed would look as if it were fixed.
 * @returns whether all is as it should be
 */
export async function openIssues({ result, entry, write }: IssueJob, shell: Shell): Promise<boolean> {
  if (result.coverage.length === 0 || !isComplete(result.coverage)) {
    shell.warn('issues stay as they are: the audit is incomplete');
    return false;
  }
  const set = markerDigest('set', entry.name);
  const wishes = ownerIssues(result).map((issue) => wishOf(issue, entry, set));
  const { steps, problem } = await keep({ entry, write, set, wishes }, shell);
  for (const step of steps) shell.warn(stepLine(step, entry, write));
  if (problem !== undefined) shell.warn(`issues in ${entry.repository} NOT up to date: ${problem}`);
  else if (!write) shell.warn('nothing was written: add --yes to do it');
  return problem === undefined;
}

function wishOf({ owner, title, text, state }: OwnerIssue, entry: IssueEntry, set: string): IssueWish {
  const known = Object.hasOwn(entry.owners, owner ?? '') ? entry.owners[owner ?? ''] : undefined;
  const mention = known?.mention === undefined ? '' : `@${known.mention}\n\n`;
  return {
    // A name cannot begin with this character: the register's names are trimmed text.
    marker: { set, owner: markerDigest('owner', owner ?? '\0nobody'), state },
    title,
    text: mention + text,
    labels: [...new Set([...entry.labels, ...(known?.labels ?? [])])],
  };
}

interface Keeping {
  readonly entry: IssueEntry;
  readonly write: boolean;
  readonly set: string;
  readonly wishes: readonly IssueWish[];
}

async function keep({ entry, ...wanted }: Keeping, shell: Shell): Promise<IssueOutcome> {
  const { signal, clock, progress, env } = shell;
  const session = new HttpSession({ signal, clock, env });
  try {
    const ctx = { signal, clock, progress, session };
    const token = await tokenOf({ ...entry, app: entry.app }, ctx, shell);
    if (token instanceof AuditError) return { steps: [], problem: token.message };
    progress.note(`comparing with the issues of ${entry.repository}`);
    const { apiUrl, repository } = entry;
    return await keepIssues({ ...wanted, apiUrl, repository, token }, ctx);
  } catch (error) {
    if (!(error instanceof AuditError) || error.exitCode === 130) throw error;
    return { steps: [], problem: error.message };
  } finally {
    await session.close();
  }
}

const DONE = { open: 'opened', update: 'updated', close: 'closed', keep: 'unchanged:' } as const;
const WOULD = {
  open: 'would open',
  update: 'would update',
  close: 'would close',
  keep: 'would leave as it is:',
} as const satisfies Record<IssueStep['act'], string>;

function stepLine(step: IssueStep, { repository }: IssueEntry, write: boolean): string {
  const number = step.act === 'open' ? '' : `#${step.number}`;
  return `${(write ? DONE : WOULD)[step.act]} ${repository}${number} "${step.title}"`;
}

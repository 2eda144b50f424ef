import type { Config } from '../config/config.js';
import type { Check } from '../core/check.js';
import type { Coverage } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import { askActivity } from '../github/ask-activity.js';
import { failureReason } from '../github/failure-reason.js';
import { type Costs, estimateCosts } from '../github/estimate-costs.js';
import { githubClient } from '../github/github-client.js';
import { listRepositories } from '../github/list-repositories.js';
import { HttpSession } from '../http/session.js';
import { tokenOf } from './github-token.js';
import type { Shell } from './shell.js';

/**
 * Scopes of classic tokens that do more than read, by GitHub's list of scopes for OAuth apps. `repo` is among them: no classic
 * scope reads private repositories without also writing them.
 */
const MORE_THAN_READING =
  /^(?:admin:|write:|delete|manage_|repo$|public_repo$|project$|codespace$|copilot$|workflow$|user$|gist$)/;

type Entry = Config['repositories']['github'][number];

/** Whether each configured GitHub answers, takes the token, and what that token may do. */
export async function checkGithub({ repositories }: Config, shell: Shell): Promise<readonly Check[]> {
  const { signal, clock, env } = shell;
  const session = new HttpSession({ signal, clock, env });
  try {
    const checks: Check[] = [];
    for (const entry of repositories.github) checks.push(...(await checkEntry(entry, session, shell)));
    return checks;
  } finally {
    await session.close();
  }
}

async function checkEntry(entry: Entry, session: HttpSession, shell: Shell): Promise<readonly Check[]> {
  const { apiUrl: about } = entry;
  const { signal, clock, progress } = shell;
  try {
    const ctx = { signal, clock, progress, session };
    const token = await tokenOf(entry, ctx, shell);
    if (token instanceof AuditError) throw token;
    const octokit = githubClient({ apiUrl: about, token }, ctx);
    // Costs nothing of the limit, and every kind of token may ask it.
    const { headers } = await octokit.request('GET /rate_limit');
    const own = token === undefined ? withoutToken(about) : scopeCheck(about, headers['x-oauth-scopes']);
    const { repositories, coverage } = await listRepositories({ entry, token }, ctx);
    const activities = await askActivity({ entry, token, repositories }, ctx);
    return [
      own,
      ...coverage.flatMap(listCheck),
      ...costChecks(entry, estimateCosts({ entry, token, repositories, activities, lists: coverage.length })),
    ];
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AuditError) {
      return [{ level: 'fail', about, found: error.message, next: error.hint ?? '', fault: 'configuration' }];
    }
    const [found = '', next = 'check apiUrl and token'] = failureReason(error).split(/[;:] /, 2);
    return [{ level: 'fail', about, found, next, fault: 'reading' }];
  }
}

const withoutToken = (about: string): Check => ({
  level: 'warn',
  about,
  found: 'no token: only what is public is seen',
  next: 'set `token` for private repositories',
});

/** A list that is not whole, as an audit would tell it. */
function listCheck({ source, part, status, reason = '' }: Coverage): readonly Check[] {
  if (status === 'complete') return [];
  const [found = '', next = 'give the token access'] = reason.split(/[;:] /, 2);
  const level = status === 'failed' ? 'fail' : 'warn';
  return [{ level, about: `${source}, ${part}`, found, next, fault: 'reading' }];
}

function costChecks(
  { apiUrl: about, include }: Entry,
  { clones, cloneBytes, requests, changes }: Costs,
): readonly Check[] {
  const total = requests.reduce((sum, { count }) => sum + count, 0);
  const parts = requests.map(({ part, count }) => `${part} ${count}`).join(', ');
  const megabytes = (cloneBytes / 1_000_000).toFixed(1);
  const brings = `a first run clones ${clones} ${clones === 1 ? 'repository' : 'repositories'}, about ${megabytes} MB`;
  const asks =
    total === 0 ? '' : `, and asks the API at least ${total} ${total === 1 ? 'time' : 'times'}: ${parts}`;
  const logs =
    include.workflowLogDays > 0 ? ', and one more for each run of a workflow and each log of it' : '';
  const { questions, points } = changes;
  const later =
    questions === 0
      ? ''
      : `; what changed since is ${questions} ${questions === 1 ? 'question' : 'questions'} in GraphQL a run, about ${points} points of 5,000 an hour`;
  return [{ level: 'ok', about, found: `${brings}${asks}${logs}${later}` }];
}

/** Only classic tokens tell their scopes; a fine-grained one was given its rights one by one. */
function scopeCheck(about: string, header: unknown): Check {
  const scopes = typeof header === 'string' ? header.split(',').map((scope) => scope.trim()) : [];
  const tooMuch = scopes.filter((scope) => MORE_THAN_READING.test(scope));
  if (tooMuch.length > 0) {
    const next =
      'use a fine-grained token that may read contents, metadata, issues, pull requests and discussions';
    return {
      level: 'warn',
      about,
      found: `the token works, and may do more than reading: ${tooMuch.join(', ')}`,
      next,
    };
  }
  return { level: 'ok', about, found: 'the token works' };
}

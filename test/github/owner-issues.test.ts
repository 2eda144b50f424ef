import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { type IssueMarker, markerDigest, markerText } from '../../src/github/issue-marker.js';
import { type IssueOutcome, keepIssues } from '../../src/github/owner-issues.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext } from '../support/github-context.js';

const TOKEN = fakeKey('github', 'issues');
const SET = markerDigest('set', 'keyaudit');
const marker: IssueMarker = { set: SET, owner: markerDigest('owner', 'web'), state: 'a'.repeat(32) };

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
  server = undefined;
});

interface World {
  readonly repository?: object;
  readonly issues?: readonly object[];
  /** What a write is answered with. */
  readonly status?: number;
}

/** A GitHub with one repository. Answers what was asked, and what came of it. */
async function keep({
  repository = {},
  issues = [],
  status = 200,
}: World): Promise<[IssueOutcome, string[]]> {
  const requests: string[] = [];
  server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url.replace(/\?.*/, '')}`);
    const isList = url.includes('/issues?');
    const body = isList ? issues : { private: true, archived: false, has_issues: true, ...repository };
    response.writeHead(method === 'GET' ? 200 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server?.listen(0, '127.0.0.1', () => resolve(server?.address() as AddressInfo));
  });
  const context = githubContext();
  try {
    const outcome = await keepIssues(
      {
        apiUrl: `http://127.0.0.1:${port}`,
        token: Secret.of(TOKEN),
        repository: 'acme/security',
        set: SET,
        wishes: [{ marker, title: 'API keys of web', text: 'text\n', labels: [] }],
        write: true,
        retryUnitMs: 1,
      },
      context,
    );
    return [outcome, requests];
  } finally {
    await context.session.close();
  }
}

const anIssue = (over: object = {}): object => ({
  number: 7,
  title: 'API keys of web',
  body: `${markerText(marker)}\ntext`,
  author_association: 'MEMBER',
  user: { type: 'User' },
  ...over,
});
const writes = (requests: readonly string[]): readonly string[] =>
  requests.filter((line) => !line.startsWith('GET'));

describe('an issue is ours', () => {
  it.each([
    ['when a member wrote it', {}],
    ['when the workflow wrote it', { author_association: 'NONE', user: { type: 'Bot' } }],
  ])('%s', async (_case, over) => {
    const [{ steps }, requests] = await keep({ issues: [anIssue(over)] });
    expect(steps).toMatchObject([{ act: 'keep', number: 7 }]);
    expect(writes(requests)).toEqual([]);
  });
});

describe('an issue is not ours', () => {
  it.each([
    ['when a stranger copied the marker', { author_association: 'NONE' }],
    ['when somebody who contributed once copied it', { author_association: 'CONTRIBUTOR' }],
    ['when its author is gone', { author_association: 'NONE', user: null }],
    ['when it is a pull request', { pull_request: {} }],
    ['when the marker is of another configuration', { body: markerText({ ...marker, set: 'f'.repeat(32) }) }],
    ['when it has no text', { body: null }],
  ])('%s', async (_case, over) => {
    const [{ steps }, requests] = await keep({ issues: [anIssue(over)] });
    expect(steps).toMatchObject([{ act: 'open' }]);
    expect(writes(requests)).toEqual(['POST /repos/acme/security/issues']);
  });
});

describe('what GitHub refuses', () => {
  it.each([
    [403, 'issues: write'],
    [404, 'issues: write'],
    [410, 'switched off'],
    [422, 'labels'],
  ])('with %i is told with the next step', async (status, advice) => {
    const [{ problem, steps }] = await keep({ status });
    expect(problem).toContain(advice);
    expect(problem).not.toContain(TOKEN);
    expect(steps).toEqual([]);
  });

  it('is not opened twice when the answer to the first time is an error', async () => {
    const [{ problem }, requests] = await keep({ status: 502 });
    expect(problem).toContain('502');
    expect(writes(requests)).toHaveLength(1);
  });

  it.each([
    ['a public repository', { private: false }, 'public'],
    ['a repository without issues', { has_issues: false }, 'switched off'],
    ['an answer that is not GitHub’s', { private: 'yes' }, 'not one of GitHub'],
  ])('is not even asked of %s', async (_case, repository, reason) => {
    const [{ problem }, requests] = await keep({ repository });
    expect(problem).toContain(reason);
    expect(writes(requests)).toEqual([]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationText } from '../../src/core/conversation-text.js';
import type { Coverage } from '../../src/core/coverage.js';
import { Secret } from '../../src/core/secret.js';
import { listRepositories } from '../../src/github/list-repositories.js';
import { readConversations } from '../../src/github/read-conversations.js';
import type { RemoteRepository } from '../../src/github/remote-repository.js';
import { PLANTED_CONVERSATIONS } from '../../src/sandbox/conversations/planted-conversations.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { aRemoteRepository } from '../support/remote-repository.js';
import { summarizeTexts } from '../../src/github/summarize-texts.js';
import { githubContext, githubEntry } from '../support/github-context.js';
import { type Script, type ScriptedServer, startScriptedServer } from '../support/scripted-server.js';

let sandbox: Sandbox;
let server: ScriptedServer | undefined;
let company: Read;
beforeAll(async () => {
  sandbox = await startSandbox();
  company = await ofSandbox({ variables: true });
});
afterAll(() => sandbox.close());
afterEach(async () => {
  const ended = server;
  server = undefined;
  await ended?.close();
});

const NOTHING = {
  issues: false,
  pullRequests: false,
  commitComments: false,
  releases: false,
  discussions: false,
};

const reviewsAnswer = (pulls: readonly { number: number; list: readonly object[]; more?: boolean }[]) => ({
  json: {
    data: {
      repository: {
        pullRequests: {
          pageInfo: { hasNextPage: false, endCursor: null },
          nodes: pulls.map(({ number, list, more = false }) => ({
            number,
            reviews: { pageInfo: { hasNextPage: more }, nodes: list },
          })),
        },
      },
    },
  },
});

interface Read {
  readonly texts: readonly ConversationText[];
  readonly coverage: readonly Coverage[];
}

async function read(
  apiUrl: string,
  include: object,
  repositories: readonly RemoteRepository[],
): Promise<Read> {
  const token = Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');
  const entry = githubEntry({ apiUrl, include });
  const request = { entry, token, repositories, retryUnitMs: 1 };
  const conversations = readConversations(request, githubContext());
  const texts: ConversationText[] = [];
  for await (const text of conversations.texts('')) texts.push(text);
  return { texts, coverage: summarizeTexts(conversations.coverage()) };
}

async function ofSandbox(include: object): Promise<Read> {
  const token = Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');
  const entry = githubEntry({ apiUrl: sandbox.urls.github, orgs: ['fjordlight'] });
  const { repositories } = await listRepositories({ entry, token }, githubContext());
  return read(sandbox.urls.github, include, repositories);
}

const WEB = aRemoteRepository();

async function ofScript(include: object, script: Script): Promise<Read> {
  server = await startScriptedServer(script);
  return read(server.origin, { ...NOTHING, ...include }, [WEB]);
}

const LIST = 'per_page=100&state=all&sort=created&direction=asc';
const ISSUES = `/repos/acme/web/issues?${LIST}`;
const COMMENTS = '/repos/acme/web/issues/comments?per_page=100&sort=created&direction=asc';
const issue = (number: number, more: object = {}): object => ({
  number,
  title: `Title ${number}`,
  body: 'Body',
  html_url: `https://github.example/acme/web/issues/${number}`,
  created_at: '2026-03-04T05:06:07Z',
  ...more,
});

describe('reading the texts around repositories', () => {
  it.each(PLANTED_CONVERSATIONS)('finds what was written into $list of $repository', (planted) => {
    const holding = company.texts.filter(({ text }) => text.includes(planted.value));
    expect(holding).toMatchObject([
      {
        repository: `fjordlight/${planted.repository}`,
        label: expect.stringContaining(planted.label),
        createdAt: expect.any(String),
      },
    ]);
  });

  it('sums up what was read by owner and kind', () => {
    const { texts, coverage } = company;
    expect(coverage.map(({ part, status }) => `${part}: ${status}`)).toEqual([
      'issues of 26 repositories: complete',
      'pull requests of 26 repositories: complete',
      'comments of 26 repositories: complete',
      'review comments of 26 repositories: complete',
      'commit comments of 26 repositories: complete',
      'releases of 26 repositories: complete',
      'variables of 26 repositories: complete',
      'reviews of 26 repositories: complete',
    ]);
    expect(coverage.reduce((sum, { seen }) => sum + seen, 0)).toBe(texts.length);
  });

  it('asks for nothing that is switched off', async () => {
    const before = sandbox.log.entries().length;
    const { texts } = await read(sandbox.urls.github, NOTHING, [WEB]);
    expect([texts, sandbox.log.entries().length]).toEqual([[], before]);
  });

  it('gives an issue with its title, its place, its link and its date', async () => {
    const { texts } = await ofScript(
      { issues: true },
      { [ISSUES]: { json: [issue(7)] }, [COMMENTS]: { json: [] } },
    );
    expect(texts).toEqual([
      {
        repository: 'acme/web',
        visibility: 'private',
        fork: false,
        closedAt: undefined,
        label: 'issues/7',
        text: 'Title 7\n\nBody',
        url: 'https://github.example/acme/web/issues/7',
        createdAt: '2026-03-04T05:06:07.000Z',
        held: expect.any(Function),
      },
    ]);
  });

  it('takes pull requests from their own list, with each one its reviews', async () => {
    const pulls = `/repos/acme/web/pulls?${LIST}`;
    const { texts } = await ofScript(
      { issues: true, pullRequests: true },
      {
        [ISSUES]: { json: [issue(8, { pull_request: {} })] },
        [COMMENTS]: { json: [] },
        [pulls]: { json: [issue(8)] },
        'POST /graphql': reviewsAnswer([
          { number: 8, list: [{ id: '5', body: 'Looks good', submitted_at: '2026-01-01T00:00:00Z' }] },
        ]),
        '/repos/acme/web/pulls/comments?per_page=100&sort=created&direction=asc': {
          json: [{ id: 6, body: null }],
        },
      },
    );
    expect(texts.map(({ label }) => label)).toEqual(['pull/8', 'pull/comments/6', 'pull/8/reviews/5']);
  });

  it.each([
    ['lead to another host', 'https://evil.example/acme/web/issues/7'],
    ['lead to another repository', 'https://github.example/acme/web-two/issues/7'],
    ['are no links', 'javascript:alert(1)'],
  ])('gives no links that %s', async (_, url) => {
    const { texts } = await ofScript(
      { issues: true },
      { [ISSUES]: { json: [issue(7, { html_url: url })] }, [COMMENTS]: { json: [] } },
    );
    expect(texts[0]?.url).toBeUndefined();
  });

  it('says which lists it could not read, and reads the others', async () => {
    const { texts, coverage } = await ofScript(
      { issues: true, releases: true },
      {
        [ISSUES]: {
          json: { message: 'Forbidden' },
          status: 403,
          headers: { 'x-accepted-github-permissions': 'issues=read' },
        },
        [COMMENTS]: {
          json: [
            { id: 1, body: 'fine' },
            { id: 2, body: 7 },
          ],
        },
        '/repos/acme/web/releases?per_page=100': {
          json: [{ id: 3, name: 'One', tag_name: 'v1', body: 'notes' }],
        },
      },
    );
    expect(texts.map(({ label }) => label)).toEqual(['issues/comments/1', 'releases/3']);
    expect(coverage).toMatchObject([
      { source: 'acme', part: 'releases of 1 repository', status: 'complete', seen: 1 },
      {
        source: 'acme/web',
        part: 'issues',
        status: 'failed',
        reason: expect.stringMatching(/lacks a right.*it needs the right issues: read$/),
      },
      {
        source: 'acme/web',
        part: 'comments',
        status: 'partial',
        seen: 1,
        reason: expect.stringContaining('could not be read'),
      },
    ]);
  });

  it('takes issues that are switched off for no issues', async () => {
    const { coverage } = await ofScript(
      { issues: true },
      { [ISSUES]: { json: { message: 'Issues are disabled' }, status: 410 }, [COMMENTS]: { json: [] } },
    );
    expect(coverage.map(({ status }) => status)).toEqual(['complete', 'complete']);
  });

  it.each([
    [
      200,
      { json: { total_count: 1, variables: [{ name: 'REGION', value: 'eu' }] } },
      ['REGION=eu'],
      'complete',
    ],
    [403, { json: { message: 'Forbidden' }, status: 403 }, [], 'failed'],
    [404, { json: { message: 'Not Found' }, status: 404 }, [], 'failed'],
  ] as const)(
    "reads an organization's own variables, and tells an answer of %d",
    async (_, answer, found, status) => {
      server = await startScriptedServer({ '/orgs/acme/actions/variables?per_page=30': answer });
      const entry = githubEntry({ apiUrl: server.origin, include: { ...NOTHING, variables: true } });
      const token = Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');
      const request = { entry, token, repositories: [], organizations: ['acme'], retryUnitMs: 1 };
      const conversations = readConversations(request, githubContext());
      const texts: string[] = [];
      for await (const { text } of conversations.texts('')) texts.push(text);
      expect(texts).toEqual(found);
      expect(summarizeTexts(conversations.coverage())).toMatchObject([
        { source: 'acme', part: 'organization variables', status },
      ]);
    },
  );
});

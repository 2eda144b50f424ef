import { afterEach, describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/core/coverage.js';
import { Secret } from '../../src/core/secret.js';
import { readConversations } from '../../src/github/read-conversations.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry, type GithubTestContext } from '../support/github-context.js';
import { aRemoteRepository } from '../support/remote-repository.js';
import {
  type Reply,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.js';

const TOKEN = Secret.of(fakeKey('github', 'test'));
const GRAPHQL = 'POST /graphql';
const NOTHING = {
  issues: false,
  pullRequests: false,
  commitComments: false,
  releases: false,
  discussions: false,
};
const PULLS = '/repos/acme/web/pulls?per_page=100&state=all&sort=created&direction=asc';
const REVIEW_COMMENTS = '/repos/acme/web/pulls/comments?per_page=100&sort=created&direction=asc';

let server: ScriptedServer | undefined;
afterEach(async () => {
  const ended = server;
  server = undefined;
  await ended?.close();
});

interface Read {
  readonly labels: readonly string[];
  readonly coverage: readonly Coverage[];
  readonly context: GithubTestContext;
}

interface Wish {
  readonly include: object;
  readonly token?: Secret | undefined;
}

async function read(script: Script, { include, ...wish }: Wish): Promise<Read> {
  server = await startScriptedServer(script);
  const token = 'token' in wish ? wish.token : TOKEN;
  const entry = githubEntry({ apiUrl: server.origin, include: { ...NOTHING, ...include } });
  const repositories = [aRemoteRepository({ hasDiscussions: true })];
  const context = githubContext();
  const { texts, coverage } = readConversations({ entry, token, repositories, retryUnitMs: 1 }, context);
  const labels: string[] = [];
  for await (const { label, text } of texts('')) labels.push(`${label}: ${text.replace(/\s+/g, ' ')}`);
  return { labels, coverage: coverage(), context };
}

const END = { hasNextPage: false, endCursor: null };
const more = (endCursor: string): object => ({ hasNextPage: true, endCursor });
const connection = (nodes: readonly unknown[], pageInfo: object = END): object => ({ pageInfo, nodes });
const text = (id: number, body: string, rest: object = {}): object => ({ id, body, ...rest });
const data = (answer: object): Reply => ({ json: { data: answer } });
const refused = (type: string, headers: Record<string, string> = {}): Reply => ({
  json: { data: null, errors: [{ type, message: 'anything that GitHub says' }] },
  headers,
});

const comment = (id: number, body: string, replies = connection([])): object =>
  text(id, body, { node: `N${id}`, replies });
const discussion = (number: number, comments: object): object =>
  text(number * 10, `Body ${number}`, { number, title: `Title ${number}`, comments });
const discussions = (nodes: readonly unknown[], pageInfo: object = END): Reply =>
  data({ repository: { page: connection(nodes, pageInfo) } });

describe('reading discussions', () => {
  it('reads them with their comments and replies, page behind page of each', async () => {
    const { labels, coverage } = await read(
      {
        [GRAPHQL]: [
          discussions(
            [
              discussion(
                1,
                connection([comment(11, 'one', connection([text(12, 'reply')], more('r')))], more('c')),
              ),
            ],
            more('d'),
          ),
          data({ node: { replies: connection([text(13, 'second reply')]) } }),
          data({ repository: { discussion: { comments: connection([comment(14, 'two')]) } } }),
          discussions([discussion(2, connection([]))]),
        ],
      },
      { include: { discussions: true } },
    );
    expect(labels).toEqual([
      'discussions/1: Title 1 Body 1',
      'discussions/comments/11: one',
      'discussions/comments/12: reply',
      'discussions/comments/13: second reply',
      'discussions/comments/14: two',
      'discussions/2: Title 2 Body 2',
    ]);
    expect(coverage).toMatchObject([{ part: 'discussions', status: 'complete', seen: 6 }]);
  });

  it('says how many it could not read', async () => {
    const { coverage } = await read(
      { [GRAPHQL]: discussions([null, discussion(1, connection([null, { body: 7 }]))]) },
      { include: { discussions: true } },
    );
    expect(coverage).toMatchObject([
      { status: 'partial', seen: 1, reason: expect.stringContaining('3 of them') },
    ]);
  });

  it.each([
    ['the right is missing', refused('FORBIDDEN'), 'lacks a right'],
    ['a scope is missing', refused('INSUFFICIENT_SCOPES'), 'lacks a right'],
    ['the repository is hidden', refused('NOT_FOUND'), 'may not see it'],
    ['GitHub says anything else', refused('WHATEVER'), 'could not answer'],
    ['the answer is of another form', data({ repository: {} }), 'not JSON'],
  ] as const)('tells it when %s, in no words of GitHub', async (_, reply, reason) => {
    const { coverage } = await read({ [GRAPHQL]: [reply] }, { include: { discussions: true } });
    expect(coverage).toMatchObject([{ status: 'failed', seen: 0, reason: expect.stringContaining(reason) }]);
    expect(JSON.stringify(coverage)).not.toContain('anything');
  });

  it('tells that GitHub shows none to whoever has no token', async () => {
    const { coverage } = await read(
      { [GRAPHQL]: { json: { message: 'x' }, status: 401 } },
      { include: { discussions: true }, token: undefined },
    );
    expect(coverage).toMatchObject([{ status: 'failed', reason: expect.stringContaining('token') }]);
  });
});

describe('reading reviews', () => {
  const pull = { number: 8, title: 'Pull', body: 'request' };
  const pulls = (nodes: readonly object[], pageInfo: object = END): Reply =>
    data({ repository: { pullRequests: connection(nodes, pageInfo) } });
  const reviewsOf = (number: number, ids: readonly string[], hasNextPage = false): object => ({
    number,
    reviews: { pageInfo: { hasNextPage }, nodes: ids.map((id) => ({ id, body: 'fine' })) },
  });
  const script = (answers: Script): Script => ({
    [PULLS]: { json: [pull] },
    [REVIEW_COMMENTS]: { json: [] },
    ...answers,
  });
  const REST = '/repos/acme/web/pulls/8/reviews?per_page=100';

  it('asks for those of a hundred pull requests at once, and page after page', async () => {
    const { labels } = await read(
      script({
        [GRAPHQL]: [pulls([reviewsOf(8, ['5', '3000000001'])], more('x')), pulls([reviewsOf(9, ['6'])])],
      }),
      { include: { pullRequests: true } },
    );
    expect(labels.slice(1)).toEqual([
      'pull/8/reviews/5: fine',
      'pull/8/reviews/3000000001: fine',
      'pull/9/reviews/6: fine',
    ]);
  });

  it('reads those of a pull request with very many by its own list', async () => {
    const { labels } = await read(
      script({
        [GRAPHQL]: pulls([reviewsOf(8, ['5'], true)]),
        [REST]: { json: [text(5, 'a'), text(6, 'b')] },
      }),
      { include: { pullRequests: true } },
    );
    expect(labels.slice(1)).toEqual(['pull/8/reviews/5: a', 'pull/8/reviews/6: b']);
  });

  it('reads them one list after another for whoever has no token', async () => {
    const { labels } = await read(
      { [PULLS]: { json: [pull] }, [REVIEW_COMMENTS]: { json: [] }, [REST]: { json: [text(5, 'a')] } },
      { include: { pullRequests: true }, token: undefined },
    );
    expect(labels.slice(1)).toEqual(['pull/8/reviews/5: a']);
  });

  it('asks for no comments and no reviews where there is no pull request', async () => {
    const { coverage } = await read({ [PULLS]: { json: [] } }, { include: { pullRequests: true } });
    expect(coverage.map(({ part, status, seen }) => `${part}: ${status} ${seen}`)).toEqual([
      'pull requests: complete 0',
      'review comments: complete 0',
      'reviews: complete 0',
    ]);
  });

  it('asks for comments and reviews where the pull requests may not be listed', async () => {
    const { coverage } = await read(
      {
        [PULLS]: { json: {}, status: 403 },
        [REVIEW_COMMENTS]: { json: {}, status: 403 },
        [GRAPHQL]: refused('FORBIDDEN'),
      },
      { include: { pullRequests: true } },
    );
    expect(coverage.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
  });
});

describe("GitHub's limit of points", () => {
  const soon = (context: number): Record<string, string> => ({
    'x-ratelimit-reset': String(Math.floor(context / 1_000) + 7),
  });
  const start = Date.parse('2026-11-01T00:00:00Z');

  it('is waited for where it ends soon', async () => {
    const { labels, context } = await read(
      {
        'POST /graphql': [refused('RATE_LIMITED', soon(start)), discussions([discussion(1, connection([]))])],
      },
      { include: { discussions: true } },
    );
    expect(labels).toHaveLength(1);
    expect(context.notes.join()).toContain('limit');
  });

  it('is told where it does not', async () => {
    const { coverage } = await read(
      { 'POST /graphql': [refused('RATE_LIMITED', { 'x-ratelimit-reset': '2000000000' })] },
      { include: { discussions: true } },
    );
    expect(coverage).toMatchObject([{ status: 'failed', reason: expect.stringContaining('fewer requests') }]);
  });
});

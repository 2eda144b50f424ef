import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { AnswerBudget } from '../../src/github/answer-budget.js';
import { readConversations } from '../../src/github/read-conversations.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry } from '../support/github-context.js';
import { aRemoteRepository } from '../support/remote-repository.js';

const NOTHING = { pullRequests: false, commitComments: false, releases: false, discussions: false };
const token = Secret.of(fakeKey('github', 'test'));

let server: Server;
let asked: string[];
/** What stands on a page of the issues; the list of comments is empty. */
let page: (number: number) => readonly object[];

beforeEach(async () => {
  asked = [];
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const number = Number(searchParams.get('page') ?? 1);
    const isEndless = pathname.endsWith('/issues');
    const { port } = server.address() as AddressInfo;
    const link = `<http://127.0.0.1:${port}${pathname}?page=${number + 1}>; rel="next"`;
    const json = { 'content-type': 'application/json' };
    response.writeHead(200, isEndless ? { ...json, link } : json);
    response.end(JSON.stringify(isEndless ? page(number) : []));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function read(maxBytes: number) {
  const { port } = server.address() as AddressInfo;
  const entry = githubEntry({ apiUrl: `http://127.0.0.1:${port}`, include: NOTHING });
  const repositories = [aRemoteRepository(), aRemoteRepository({ name: 'acme/two' })];
  const budget = new AnswerBudget(maxBytes);
  const request = { entry, token, repositories, budget, retryUnitMs: 1 };
  const { texts, coverage } = readConversations(request, githubContext());
  for await (const _ of texts('')) continue;
  return coverage();
}

describe('lists without an end', () => {
  it('are read as far as one list may go, are told as partial, and take nothing from the next list', async () => {
    page = (number) => [{ number, title: 'Title', body: 'x'.repeat(10_000) }];
    const coverage = await read(100_000);
    const partial = { part: 'issues', status: 'partial', seen: 10 };
    const whole = { part: 'comments', status: 'complete' };
    expect(coverage).toMatchObject([partial, whole, partial, whole]);
    expect(coverage[0]?.reason).toContain('goes on beyond what one may take');
  });

  it('end as well where their pages hold no item that counts', async () => {
    page = () => [{ junk: 'x'.repeat(10_000) }];
    expect((await read(100_000))[0]).toMatchObject({ part: 'issues', status: 'failed', seen: 0 });
    expect(asked.length).toBeLessThan(30);
  });

  it('are not read where one page holds far more items than GitHub gives', async () => {
    page = () => Array.from({ length: 60_000 }, (_, number) => ({ number, title: '', body: '' }));
    const [issues] = await read(256 * 1024 * 1024);
    expect(issues).toMatchObject({ status: 'failed', seen: 0 });
    expect(issues?.reason).toContain('larger than any page should be');
  });
});

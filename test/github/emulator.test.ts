import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { installationToken } from '../../src/github/installation-token.js';
import { type Listing, listRepositories } from '../../src/github/list-repositories.js';
import { readConversations } from '../../src/github/read-conversations.js';
import type { Token } from '../../src/github/token.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry } from '../support/github-context.js';

/** The same emulator that other projects test their GitHub clients with: what it answers is no guess of ours. */
const TOKEN = fakeKey('github', 'emulated');
const ENTRY = { users: ['octo'], include: { forks: true } };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: { [TOKEN]: { login: 'octo', scopes: ['repo'] } },
      github: {
        users: [{ login: 'octo' }, { login: 'ines' }],
        orgs: [{ login: 'acme', members: [{ login: 'octo', role: 'admin' }, { login: 'ines' }] }],
        repos: Array.from({ length: 230 }, (_, index) => ({
          owner: 'octo',
          name: `web-${String(index).padStart(3, '0')}`,
          private: index % 2 === 1,
          auto_init: true,
        })),
        apps: [
          {
            app_id: 12_345,
            slug: 'audit',
            name: 'Audit',
            permissions: { contents: 'read', issues: 'read', metadata: 'read' },
            installations: [{ installation_id: 100, account: 'octo', repository_selection: 'all' }],
          },
        ],
      },
    },
  });
}, 60_000);
afterAll(() => emulator.close());

async function write(path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const answer = await fetch(`${emulator.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBeLessThan(300);
}

const list = (token: Token, more: object = {}): Promise<Listing> =>
  listRepositories(
    { entry: githubEntry({ apiUrl: emulator.url, ...ENTRY, ...more }), token, retryUnitMs: 1 },
    githubContext(),
  );

const appToken = (privateKey: string, held: Secret[] = []): Token =>
  installationToken(
    {
      apiUrl: emulator.url,
      appId: '12345',
      installationId: 100,
      privateKey: Secret.of(privateKey),
      protect: (secrets) => held.push(...secrets),
    },
    { ...githubContext(), clock: { ...githubContext().clock, now: () => Date.now() } },
  );

describe('a GitHub that others wrote', () => {
  it('gives every repository of its pages, with the names and addresses that a clone needs', async () => {
    const { repositories, coverage } = await list(Secret.of(TOKEN));
    expect(coverage).toMatchObject([{ status: 'complete', seen: 230 }]);
    expect(repositories).toHaveLength(230);
    expect(repositories[1]).toMatchObject({
      name: 'octo/web-001',
      cloneUrl: `${emulator.url}/octo/web-001.git`,
      visibility: 'private',
      defaultBranch: 'main',
    });
  });

  it('takes the statement that an app signs, and its token', async () => {
    const [secret] = emulator.generatedSecrets;
    const held: Secret[] = [];
    const { coverage } = await list(appToken(secret?.value ?? '', held));
    expect(coverage).toMatchObject([{ status: 'complete', seen: 230 }]);
    expect(held).toHaveLength(1);
  });

  it('lists the members whose gists are asked for', async () => {
    const { coverage } = await list(Secret.of(TOKEN), {
      users: [],
      orgs: ['acme'],
      include: { memberGists: true },
    });
    expect(coverage.filter(({ part }) => part === 'list of members')).toMatchObject([
      { status: 'complete', seen: 2 },
    ]);
  });

  it('gives the texts around a repository, and what it does not list is told', async () => {
    await write('/repos/octo/web-000/issues', { title: 'An issue', body: 'with a text' });
    const entry = githubEntry({ apiUrl: emulator.url, ...ENTRY });
    const { repositories } = await list(Secret.of(TOKEN));
    const { texts, coverage } = readConversations(
      { entry, token: Secret.of(TOKEN), repositories: repositories.slice(0, 1), retryUnitMs: 1 },
      githubContext(),
    );
    const found: string[] = [];
    for await (const { label, text, url } of texts('')) found.push(`${label} ${text} ${url}`);
    expect(found).toEqual([`issues/1 An issue\n\nwith a text ${emulator.url}/octo/web-000/issues/1`]);
    // It lists no comments of a whole repository: told, not taken for none.
    expect(coverage().map(({ part, status }) => `${part}: ${status}`)).toEqual([
      'issues: complete',
      'pull requests: complete',
      'comments: failed',
      'review comments: complete',
      'commit comments: complete',
      'releases: complete',
      'reviews: complete',
    ]);
  });
});

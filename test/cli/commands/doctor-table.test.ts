import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/index.js';
import { run } from '../../../src/cli/run.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { type Reply, type Script, startScriptedServer } from '../../support/scripted-server.js';
import { createTestShell, type TestShell } from '../../support/test-shell.js';

const KEY = fakeKey('vidbeo', 'doctor');
const TOKEN = fakeKey('github', 'doctor');
const LIST = '/keys?limit=25';

let shell: TestShell;
beforeEach(async () => {
  shell = await createTestShell({ env: { KEY, TOKEN }, unguarded: true });
});
afterEach(() => shell.clean());

/** What the doctor says, without its arrows' indentation, and its exit code. The script refuses all but GET. */
async function doctor(script: Script, config: (origin: string) => string) {
  const server = await startScriptedServer(script);
  await writeFile(`${shell.folder}/audit.config.yaml`, `version: 1\n${config(server.origin)}\n`);
  const code = await run(['doctor'], COMMANDS, shell);
  await server.close();
  expect(server.seen.map(({ method }) => method)).toEqual(server.seen.map(() => 'GET'));
  const said = shell.said.out.replaceAll(/\n +-> /g, ' -> ');
  for (const value of [KEY, TOKEN]) expect(said).not.toContain(value);
  return { code, said };
}

const vidbeo =
  (more = '') =>
  (origin: string): string =>
    `sources: [{ id: vb, vendor: vidbeo, baseUrl: "${origin}", credential: { env: KEY }${more} }]`;

const key = (more: object): object => ({
  id: 'own',
  name: 'Audit',
  type: 'api',
  permissions: ['fetch'],
  ips: ['198.51.100.7'],
  created_by: 'user-1',
  created_time: '2026-01-01T12:00:00.000Z',
  updated_by: 'user-1',
  updated_time: '2026-01-01T12:00:00.000Z',
  ...more,
});
const list = (more: object, headers: Record<string, string> = {}): Reply => ({
  json: { success: true, result: [key(more)], links: {}, errors: [] },
  headers,
});
const OWN = ', auditKeyId: own';
const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toUTCString();

describe('the doctor about a source', () => {
  it.each<[string, () => Reply, string, number, RegExp]>([
    [
      'is content with one that is well',
      () => list({}),
      OWN,
      0,
      /^ok {3}vb: the audit's own key own can only read$/m,
    ],
    [
      'names the wrong credential',
      () => ({ json: {}, status: 401 }),
      OWN,
      3,
      /^fail vb: .*answered 401\. -> .*key/m,
    ],
    ['names the missing right', () => ({ json: {}, status: 403 }), OWN, 3, /^fail vb: .*answered 403\. -> /m],
    [
      'names a key that can write',
      () => list({ permissions: [] }),
      OWN,
      0,
      /^warn vb: .*can write, and reading is enough -> make a key that can only read/m,
    ],
    [
      'names a key for any address',
      () => list({ ips: [] }),
      OWN,
      0,
      /^warn vb: .*from any address -> bind it/m,
    ],
    [
      'names the clock that is off',
      () => list({}, { date: anHourAgo() }),
      OWN,
      2,
      /^fail vb: this machine's clock is (?:59|60) minutes ahead of the vendor's -> set it by NTP/m,
    ],
    [
      'names the configured key that is not there',
      () => list({}),
      ', auditKeyId: another',
      3,
      /^fail vb: .*auditKeyId.*not in the list.* -> /m,
    ],
  ])('%s, with the next step', async (_what, reply, more, code, line) => {
    const told = await doctor({ [LIST]: reply() }, vidbeo(more));
    expect(told.said).toMatch(line);
    expect(told.code).toBe(code);
  });

  it('names the address at which nobody answers', async () => {
    const told = await doctor({}, () => vidbeo(OWN)('http://127.0.0.1:9'));
    expect(told.said).toMatch(/^fail vb: .*nothing answers at that port .* -> Check the port/m);
    expect(told.code).toBe(3);
  });
});

describe('the doctor about a token of GitHub', () => {
  const github = (origin: string): string =>
    `repositories: { github: [{ apiUrl: "${origin}", token: { env: TOKEN }, orgs: [acme] }] }`;
  const withScopes = (scopes: string | undefined): Script => ({
    '/orgs/acme': { json: { login: 'acme', public_repos: 0, total_private_repos: 0 } },
    '/orgs/acme/repos?per_page=100&sort=full_name&type=all': { json: [] },
    '/rate_limit': {
      json: { resources: {}, rate: {} },
      headers: scopes === undefined ? {} : { 'x-oauth-scopes': scopes },
    },
  });

  it.each([
    ['read:org, read:user, repo:status', undefined],
    ['', undefined],
    [undefined, undefined],
    ['repo', 'repo'],
    ['read:org, public_repo', 'public_repo'],
    ['repo, admin:org, delete_repo, workflow', 'repo, admin:org, delete_repo, workflow'],
    ['write:packages, gist, user', 'write:packages, gist, user'],
    ['manage_runners:org', 'manage_runners:org'],
  ])('with the scopes %s', async (scopes, tooMuch) => {
    const { code, said } = await doctor(withScopes(scopes), github);
    expect(code).toBe(0);
    if (tooMuch === undefined) expect(said).toMatch(/^ok {3}http:\S+: the token works$/m);
    else expect(said).toContain(`may do more than reading: ${tooMuch} -> use a fine-grained token`);
  });
});

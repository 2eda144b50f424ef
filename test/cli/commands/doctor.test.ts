import { chmod, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FAILURES } from '../../../src/sandbox/server/failure.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.js';
import { findCanaries } from '../../support/canaries.js';
import { SANDBOX_VALUES } from '../../support/demo.js';
import { type SandboxFolder, sandboxFolder } from '../../support/sandbox-folder.js';

const CONFIG = 'audit.config.yaml';

let sandbox: Sandbox;
let at: SandboxFolder;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  // Unguarded: the doctor itself must not say any value.
  at = await sandboxFolder(sandbox, ['vidbeo'], { unguarded: true });
  await at.edit('audit.keys.yaml', (text) =>
    text.replaceAll(/ {2}- source: video-prod\n(?: {4}.*\n)*\n?/g, ''),
  );
});
afterEach(async () => {
  expect(findCanaries(SANDBOX_VALUES, { out: at.shell.said.out, err: at.shell.said.err })).toEqual([]);
  sandbox.fail('vidbeo', undefined);
  sandbox.fail('github', undefined);
  await at.shell.clean();
});

const withGithub = (token: string) => (text: string) =>
  `${text}\nrepositories:\n  github:\n    - { apiUrl: '${sandbox.urls.github}', token: { env: ${token} }, orgs: [fjordlight] }\n`;

const out = (): string => at.shell.said.out;

describe('keyaudit doctor', () => {
  it('says that all is well, by source, register and GitHub, and sends nothing but reads', async () => {
    const asked = sandbox.log.entries().length;
    await at.edit(CONFIG, withGithub('KEYAUDIT_DEMO_GITHUB'));
    expect(await at.run('doctor')).toBe(0);
    expect(out()).toMatch(/^ok {3}audit\.config\.yaml: 1 sources$/m);
    expect(out()).toMatch(/^ok {3}vidbeo: read completely: \d+ keys, \d+ requests$/m);
    expect(out()).toMatch(/^ok {3}vidbeo: the audit's own key k2qxx03wosoi75123uxhz can only read$/m);
    expect(out()).toMatch(/^ok {3}http:\S+\/github\/api\/v3: the token works$/m);
    expect(out()).toMatch(
      /^ok {3}http:\S+: a first run clones 27 repositories, about \d+\.\d MB, and asks the API at least 183 times: comments 26, commit comments 26, issues 26, lists 1, pull requests 26, releases 26, review comments 26, reviews 26; what changed since is 1 question in GraphQL a run, about 3 points of 5,000 an hour$/m,
    );
    expect(out()).not.toMatch(/^fail/m);
    const methods = new Set(
      sandbox.log
        .entries()
        .slice(asked)
        .map(({ method, url }) => (url.endsWith('/graphql') ? 'question' : method)),
    );
    // GitHub takes questions in GraphQL as POSTs.
    expect([...methods]).toEqual(['GET', 'question']);
  });

  it.each(FAILURES)(
    'says what is wrong with a source that answers %s, with the next step, and ends with 3',
    async (failure) => {
      sandbox.fail('vidbeo', failure);
      expect(await at.run('doctor')).toBe(3);
      expect(out()).toMatch(/^fail vidbeo: .+\n {5}-> .+/m);
    },
    60_000,
  );

  it.each(['401', '403', '500', 'malformed'] as const)(
    'says what is wrong with a GitHub that answers %s',
    async (failure) => {
      await at.edit(CONFIG, withGithub('KEYAUDIT_DEMO_GITHUB'));
      sandbox.fail('github', failure);
      expect(await at.run('doctor')).toBe(3);
      expect(out()).toMatch(/^fail http:\S+: .+\n {5}-> .+/m);
    },
    60_000,
  );

  it('says of each list of a GitHub that is not whole what an audit would say', async () => {
    await at.edit(CONFIG, (text) =>
      withGithub('KEYAUDIT_DEMO_GITHUB')(text).replace('[fjordlight]', '[fjordlight, nobody-here]'),
    );
    expect(await at.run('doctor')).toBe(3);
    expect(out()).toMatch(
      /^fail nobody-here, list of repositories: not found, or the token may not see it$/m,
    );
    expect(out()).toContain('a first run clones 27 repositories');
  });

  it('ends with 2 when a credential is not set, says which, and looks at the rest', async () => {
    await at.edit(CONFIG, (text) =>
      withGithub('KEYAUDIT_DEMO_GITHUB')(text.replace('KEYAUDIT_DEMO_VIDBEO', 'NOT_SET_HERE')),
    );
    expect(await at.run('doctor')).toBe(2);
    expect(out()).toMatch(/^fail vidbeo: environment variable NOT_SET_HERE is not set\n {5}-> Set it/m);
    expect(out()).toContain('the token works');
  });

  it('ends with 2 when the token of a GitHub is not set', async () => {
    await at.edit(CONFIG, withGithub('NO_TOKEN_HERE'));
    expect(await at.run('doctor')).toBe(2);
    expect(out()).toMatch(/^fail http:\S+: environment variable NO_TOKEN_HERE is not set/m);
  });

  it('refuses a credential file that others can read, and says how to close it', async () => {
    await writeFile(at.path('key.txt'), 'x');
    await chmod(at.path('key.txt'), 0o644);
    await at.edit(CONFIG, (text) =>
      text.replace('{ env: KEYAUDIT_DEMO_VIDBEO }', `{ file: ${at.path('key.txt')} }`),
    );
    expect(await at.run('doctor')).toBe(2);
    expect(out()).toMatch(/is open to other users \(mode 644\)\n {5}-> chmod 600/);
  });

  it('says when the configured id of its own key is not listed', async () => {
    await at.edit(CONFIG, (text) => text.replace('k2qxx03wosoi75123uxhz', 'k2qxx03wosoi75123uxhy'));
    expect(await at.run('doctor')).toBe(3);
    expect(out()).toMatch(/^fail vidbeo: .*auditKeyId.*not in the list/m);
    expect(out()).toMatch(/^warn vidbeo: what the audit's own key may do is not known/m);
  });

  it('names entries of the register that no source lists, and sources that are not configured', async () => {
    await at.edit(
      'audit.keys.yaml',
      () => 'version: 1\nkeys:\n  - { source: vidbeo, id: nobody }\n  - { source: vidboe, id: typo }\n',
    );
    expect(await at.run('doctor')).toBe(0);
    expect(out()).toMatch(/^warn audit\.keys\.yaml: line 3: no source lists vidbeo\/nobody$/m);
    expect(out()).toMatch(
      /^warn audit\.keys\.yaml: line 4: 1 entry is of a source that is not configured: vidboe$/m,
    );
  });

  it('ends with 2 at mistakes of the configuration, with their lines', async () => {
    await at.edit(CONFIG, (text) => text.replace('vendor: vidbeo', 'vendor: vimeo'));
    expect(await at.run('doctor')).toBe(2);
    expect(at.shell.said.err).toMatch(/audit\.config\.yaml:\d+:\d+: /);
  });
});

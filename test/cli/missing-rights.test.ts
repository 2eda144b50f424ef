import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GITHUB_CODE_TOKEN } from '../../src/sandbox/services/github-auth.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type SandboxFolder, sandboxFolder } from '../support/sandbox-folder.js';

interface Told {
  readonly coverage: readonly { source: string; part: string; status: string; reason?: string }[];
  readonly gate: { result: string };
}

let sandbox: Sandbox;
let at: SandboxFolder;
beforeAll(async () => {
  sandbox = await startSandbox();
  at = await sandboxFolder(sandbox, [], { env: { CODE_ONLY: GITHUB_CODE_TOKEN } });
  const github = `    - apiUrl: '${sandbox.urls.github}'
      token: { env: CODE_ONLY }
      repos: [fjordlight/infra, fjordlight/checkout-ui]
      orgs: [fjordlight]
      exclude: ['fjordlight/*-*', 'fjordlight/??????*']
      include: { variables: true, wikis: false }`;
  await at.edit('audit.config.yaml', (text) => `${text}\nrepositories:\n  github:\n${github}\n`);
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await at.shell.clean();
});

describe('an audit with a token that may read code and nothing around it', () => {
  it('is incomplete, and says of each kind of text which right it needs', async () => {
    const code = await at.run('audit', '--format', 'json', '--out', 'out', '--fail-on', 'critical');
    const { coverage, gate } = JSON.parse(await at.read('out/keyaudit.json')) as Told;
    const failed = coverage.filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ part, reason = '' }) => `${part}: ${reason.split('; ').at(-1)}`))).toEqual(
      new Set([
        'issues: it needs the right issues: read',
        'pull requests: it needs the right pull_requests: read',
        'comments: it needs the right issues: read, or pull_requests: read',
        'review comments: it needs the right pull_requests: read',
        'reviews: it needs the right pull_requests: read',
        'variables: it needs the right actions_variables: read',
        'organization variables: it needs the right organization_actions_variables: read',
      ]),
    );
    // Each by itself, and of each repository; what may be read is read.
    expect(failed.map(({ source }) => source)).toContain('fjordlight/infra');
    expect(coverage.filter(({ part }) => /^(?:releases|commit comments) of/.test(part))).toHaveLength(2);
    expect([code, gate.result]).toEqual([3, 'incomplete']);
  }, 60_000);
});

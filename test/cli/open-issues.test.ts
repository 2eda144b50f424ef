import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GITHUB_TOKEN } from '../../src/sandbox/services/github-auth.js';
import { githubService } from '../../src/sandbox/services/github.js';
import { type Listening, listen } from '../../src/sandbox/server/listen.js';
import { RequestLog } from '../../src/sandbox/server/request-log.js';
import { aCoverage } from '../support/audit-result.js';
import { FIXED_DAY, type OfflineFolder, offlineFolder } from '../support/offline-audit.js';

const REPOSITORY = 'fjordlight/infra';

interface Shown {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly labels: readonly string[];
}

let at: OfflineFolder;
let server: Listening;
let log: RequestLog;

beforeEach(async () => {
  const clock = { now: () => Date.now() };
  log = new RequestLog();
  server = await listen({ port: 0, services: [githubService(clock)], failures: new Map(), log, clock });
  at = await offlineFolder({
    env: { GITHUB_TOKEN },
    nowMs: Date.parse(`${FIXED_DAY}T18:00:00Z`),
  });
  await configure(REPOSITORY);
  await at.record(['a', 'b']);
});
afterEach(async () => {
  await server.close();
  await at.shell.clean();
});

const configure = (repository: string, more = ''): Promise<void> =>
  at.put(
    'audit.config.yaml',
    `version: 1
reports:
  issues:
    repository: ${repository}
    apiUrl: ${server.origin}/github/api/v3
    labels: [api-keys]
    owners: { team-web: { mention: fjordlight/web, labels: [web] } }
${more}`,
  );

const audit = (...argv: readonly string[]): Promise<number> =>
  at.run('audit', '--format', 'json', '--out', 'out', '--fail-on', 'critical', '--open-issues', ...argv);

async function issues(): Promise<readonly Shown[]> {
  const answer = await fetch(
    `${server.origin}/github/api/v3/repos/${REPOSITORY}/issues?state=all&per_page=100`,
    {
      headers: { authorization: `Bearer ${GITHUB_TOKEN}` },
    },
  );
  return ((await answer.json()) as Shown[]).filter(({ number }) => number > 5_000);
}

const said = (): string => at.shell.said.err;
const forget = (): void => void (at.shell.said.err = '');

describe('keyaudit audit --open-issues', () => {
  it('opens one issue for an owner, leaves it alone, rewrites it and closes it', async () => {
    expect(await audit('--yes')).toBe(0);
    const [first, ...others] = await issues();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ state: 'open', labels: ['api-keys', 'web'] });
    expect(first?.title).toMatch(/^API keys: \d+ findings of team-web$/);
    expect(first?.body).toContain('@fjordlight/web\n');
    expect(said()).toContain(`opened ${REPOSITORY}`);

    forget();
    expect(await audit('--yes')).toBe(0);
    expect(said()).toContain('unchanged');
    expect(await issues()).toEqual([first]);

    await at.record(['a']);
    expect(await audit('--yes')).toBe(0);
    const [second] = await issues();
    expect(second).toMatchObject({ number: first?.number, state: 'open' });
    expect(second?.body).not.toBe(first?.body);

    await at.record([]);
    expect(await audit('--yes')).toBe(0);
    expect(await issues()).toMatchObject([{ number: first?.number, state: 'closed' }]);
  });

  it('only says what it would do without --yes', async () => {
    expect(await audit()).toBe(0);
    expect(said()).toContain(`would open ${REPOSITORY}`);
    expect(said()).toContain('add --yes');
    expect(await issues()).toEqual([]);
    expect(log.entries().filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('changes nothing after an audit that could not read everything', async () => {
    await audit('--yes');
    const before = await issues();
    await at.record([], [aCoverage({ status: 'partial', reason: 'cut off' })]);
    forget();
    expect(await audit('--yes')).toBe(3);
    expect(said()).toContain('issues stay as they are');
    expect(await issues()).toEqual(before);
  });

  it("leaves the issues of another configuration's audit alone", async () => {
    await audit('--yes');
    await configure(REPOSITORY, '    name: xr-audit\n');
    await at.record([]);
    forget();
    expect(await audit('--yes')).toBe(0);
    expect(said()).not.toContain('closed');
    expect(await issues()).toMatchObject([{ state: 'open' }]);
  });

  it.each([
    ['a public repository', 'fjordlight/docs', 'public'],
    ['an archived repository', 'fjordlight/spring-campaign', 'archived'],
    ['a repository that is not there', 'fjordlight/nowhere', 'issues: write'],
  ])('refuses %s', async (_case, repository, reason) => {
    await configure(repository);
    expect(await audit('--yes')).toBe(3);
    expect(said()).toContain(reason);
    expect(log.entries().filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it.each([
    ['without a repository in the configuration', 'version: 1\n', ['--open-issues'], 'reports.issues'],
    ['for --yes alone', 'version: 1\n', ['--yes'], '--yes confirms'],
    ['for a day that is over', undefined, ['--open-issues', '--as-of', '2026-11-04'], '--as-of'],
  ])('is a mistake %s', async (_case, config, argv, message) => {
    if (config !== undefined) await at.put('audit.config.yaml', config);
    expect(await at.run('audit', '--format', 'json', ...argv)).toBe(2);
    expect(said()).toContain(message);
    expect(log.entries()).toEqual([]);
  });
});

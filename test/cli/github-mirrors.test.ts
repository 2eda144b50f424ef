import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import type { Shell } from '../../src/cli/shell.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { buildWalker } from '../support/built-walker.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const NAMES = ['checkout-ui', 'infra', 'live-studio', 'support-portal'];
const CACHED = ['--cache-dir', 'cache'];

let sandbox: Sandbox;
let shell: TestShell;
/** As a run tells it that keeps nothing. */
let plain: string;

beforeAll(async () => {
  buildWalker();
  sandbox = await startSandbox();
  shell = await newShell();
  plain = (await leaks()).report;
  await shell.clean();
}, 120_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  shell = await newShell();
});
afterEach(() => shell.clean());

async function newShell(): Promise<TestShell> {
  const made = await createTestShell({ env: sandbox.credentials });
  const repos = NAMES.map((name) => `fjordlight/${name}`).join(', ');
  const entry = `{ apiUrl: '${sandbox.urls.github}', token: { env: KEYAUDIT_DEMO_GITHUB }, repos: [${repos}] }`;
  await writeFile(
    join(made.folder, 'audit.config.yaml'),
    `version: 1\nrepositories:\n  github:\n    - ${entry}\n`,
  );
  return made;
}

interface Ran {
  readonly code: number;
  readonly report: string;
  /** Of git, to the server. */
  readonly requests: number;
  /** How many objects of each repository were looked at. */
  readonly scannedNow: Readonly<Record<string, number>>;
}

async function leaks(...more: readonly string[]): Promise<Ran> {
  const [before, said] = [gitRequests(), shell.said.progress.length];
  const argv = ['leaks', '--out', 'out', '--format', 'json', '--as-of', '2026-11-01', ...more];
  const code = await run(argv, COMMANDS, shell);
  const told = shell.said.progress.slice(said).matchAll(/^(\S+): \d+ objects, (\d+) of them scanned now$/gm);
  return {
    code,
    report: await readFile(join(shell.folder, 'out/keyaudit.json'), 'utf8'),
    requests: gitRequests() - before,
    scannedNow: Object.fromEntries([...told].map(([, name = '', count]) => [name, Number(count)])),
  };
}

const gitRequests = (): number => sandbox.log.entries().filter(({ service }) => service === 'git').length;

/** The same shell, in which a run is interrupted when its progress says something. */
async function interruptedAt(isMoment: (said: string) => boolean): Promise<number> {
  const stopped = await createTestShell({ env: sandbox.credentials });
  const detail = (text: string): void => (isMoment(text) ? stopped.interrupt() : undefined);
  const interrupting: Shell = { ...stopped, cwd: shell.folder, progress: { note: detail, detail } };
  const code = await run(['leaks', '--quiet', ...CACHED], COMMANDS, interrupting);
  await stopped.clean();
  return code;
}

describe('an audit of repositories at GitHub', () => {
  it('goes on after an interrupt: what was cloned and scanned is not cloned and scanned again', async () => {
    expect(await interruptedAt((said) => said.startsWith('fjordlight/live-studio: '))).toBe(130);
    const { report, requests, scannedNow } = await leaks(...CACHED);
    expect(report).toBe(plain);
    expect(scannedNow).toMatchObject({ 'fjordlight/checkout-ui': 0, 'fjordlight/infra': 0 });
    expect(scannedNow['fjordlight/support-portal']).toBeGreaterThan(0);
    // Whether pull requests moved takes git two requests; a clone takes three, and one of a wiki as many.
    expect(requests).toBeLessThanOrEqual(2 * 2 * NAMES.length);
  }, 60_000);

  it('goes on with what is missing after an interrupt while it cloned', async () => {
    expect(await interruptedAt((said) => said.startsWith('fetching fjordlight/infra,'))).toBe(130);
    expect((await leaks(...CACHED)).report).toBe(plain);
  }, 60_000);

  it('asks git nothing from the second run on while nothing moves, and tells the same', async () => {
    const runs = [await leaks(...CACHED), await leaks(...CACHED), await leaks(...CACHED)];
    expect(runs.map(({ report }) => report === plain)).toEqual([true, true, true]);
    expect(runs.map(({ requests }) => requests > 0)).toEqual([true, false, false]);
  }, 60_000);

  it('tells the same with no more than 600 KiB on the disk', async () => {
    const { report, code } = await leaks('--max-disk', '600K');
    expect(code).toBe(1);
    expect(report).toBe(plain);
    expect(shell.said.progress).toContain('repositories that are left');
    const kept = [await leaks('--max-disk', '600K', ...CACHED), await leaks('--max-disk', '600K', ...CACHED)];
    expect(kept.map((one) => one.report === plain)).toEqual([true, true]);
  }, 60_000);
});

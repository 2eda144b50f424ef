import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { buildWalker } from '../support/built-walker.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

let sandbox: Sandbox;
let shell: TestShell;

beforeAll(async () => {
  buildWalker();
  sandbox = await startSandbox();
}, 120_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  shell = await createTestShell({ env: sandbox.credentials });
  const repos = ['checkout-ui', 'player-demo'].map((name) => `fjordlight/${name}`).join(', ');
  const entry = `{ apiUrl: '${sandbox.urls.github}', token: { env: KEYAUDIT_DEMO_GITHUB }, repos: [${repos}] }`;
  await writeFile(
    join(shell.folder, 'audit.config.yaml'),
    `version: 1\nrepositories:\n  github:\n    - ${entry}\n`,
  );
});
afterEach(() => shell.clean());

const AUDIT = ['audit', '--format', 'json', '--as-of', '2026-11-01', '--cache-dir', 'cache'];
const inFolder = (...path: readonly string[]): string => join(shell.folder, ...path);
const read = (...path: readonly string[]): Promise<string> => readFile(inFolder(...path), 'utf8');

/** As an earlier run left it that saw every repository of the sandbox closed. */
async function seenClosed(): Promise<void> {
  const host = new URL(sandbox.urls.github).host;
  const ids = Array.from({ length: 100 }, (_, at) => `${host} ${481_700 + at}`);
  const closedAt = Object.fromEntries(ids.map((id) => [id, '2026-10-01T00:00:00.000Z']));
  await mkdir(inFolder('reports'), { recursive: true });
  await writeFile(inFolder('reports', 'visibility.json'), JSON.stringify({ version: 1, closedAt }));
}

describe('who could read repositories at earlier runs', () => {
  it('is told the same when the cache is thrown away', async () => {
    await seenClosed();
    await run(AUDIT, COMMANDS, shell);
    const first = await read('reports', 'keyaudit.json');
    const { findings } = JSON.parse(first) as { findings: { rule: string; message: string }[] };
    const published = findings.find(({ rule }) => rule === 'leaked-by-publishing');
    expect(published?.message).toContain('(not yet public on 2026-10-01)');
    await rm(inFolder('cache'), { recursive: true });
    await run(AUDIT, COMMANDS, shell);
    expect((await read('reports', 'keyaudit.json')) === first).toBe(true);
  }, 60_000);

  it('is told the same by two machines, and kept by whoever joins what they saw', async () => {
    await seenClosed();
    const day = ['--as-of', '2026-11-01'];
    for (const index of ['1', '2'])
      await run(['audit', ...day, '--shard', `${index}/2`, '--out', `shards/${index}`], COMMANDS, shell);
    await run(['merge', 'shards', ...day, '--format', 'json'], COMMANDS, shell);
    const { findings } = JSON.parse(await read('reports', 'keyaudit.json')) as {
      findings: { rule: string; message: string }[];
    };
    const published = findings.find(({ rule }) => rule === 'leaked-by-publishing');
    expect(published?.message).toContain('(not yet public on 2026-10-01)');
    expect(Object.keys(JSON.parse(await read('reports', 'visibility.json')).closedAt)).toHaveLength(100);
  }, 60_000);

  it('is kept with the reports: closed repositories by number, whatever was known of the others', async () => {
    await seenClosed();
    await run(AUDIT, COMMANDS, shell);
    const { closedAt } = JSON.parse(await read('reports', 'visibility.json')) as {
      closedAt: Record<string, string>;
    };
    expect(Object.keys(closedAt)).toHaveLength(100);
    const moved = Object.values(closedAt).filter((at) => at !== '2026-10-01T00:00:00.000Z');
    expect(moved.length).toBeLessThan(2);
    await run(['leaks', '--out', 'other', ...AUDIT.slice(1)], COMMANDS, shell);
    await expect(read('other', 'visibility.json')).rejects.toThrow('ENOENT');
  }, 60_000);

  it('is left as it is, and told, where it cannot be read', async () => {
    await mkdir(inFolder('reports'));
    await writeFile(inFolder('reports', 'visibility.json'), '{');
    await run(AUDIT, COMMANDS, shell);
    expect(await read('reports', 'visibility.json')).toBe('{');
    expect(shell.said.err).toContain('visibility.json cannot be read');
  }, 60_000);
});

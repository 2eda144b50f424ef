import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { openRepositoryCache } from '../../src/cli/repository-cache.js';
import { run } from '../../src/cli/run.js';
import { SANDBOX_AS_OF } from '../../src/sandbox/as-of.js';
import { type Sandbox, SANDBOX_PORT, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { findCanaries, readAllFiles } from '../support/canaries.js';
import { SANDBOX_VALUES } from '../support/demo.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const ROOT = join(import.meta.dirname, '../..');

let sandbox: Sandbox;
let shell: TestShell;

interface Audited {
  readonly files: Readonly<Record<string, string>>;
  readonly findings: unknown;
  /** Of git, and of the API, to GitHub. */
  readonly requests: { readonly git: number; readonly github: number };
}

async function audit(out: string, ...more: readonly string[]): Promise<Audited> {
  const before = sandbox.log.entries().length;
  const argv = ['audit', '--inventory', 'keys.json', '--as-of', SANDBOX_AS_OF, '--out', out, ...more];
  expect(await run(argv, COMMANDS, shell)).toBe(1);
  const made = sandbox.log.entries().slice(before);
  const files = await readAllFiles(join(shell.folder, out));
  const { findings } = JSON.parse(files['keyaudit.json'] ?? '{}') as { findings: unknown };
  const requestsOf = (name: string): number => made.filter(({ service }) => service === name).length;
  return { files, findings, requests: { git: requestsOf('git'), github: requestsOf('github') } };
}

beforeAll(async () => {
  sandbox = await startSandbox();
  shell = await createTestShell({ env: sandbox.credentials, unguarded: true });
  const config = await readFile(join(ROOT, 'audit.config.yaml'), 'utf8');
  await writeFile(
    join(shell.folder, 'audit.config.yaml'),
    config.replaceAll(`http://127.0.0.1:${SANDBOX_PORT}`, sandbox.origin),
  );
  await copyFile(join(ROOT, 'audit.keys.yaml'), join(shell.folder, 'audit.keys.yaml'));
  expect(await run(['collect', '--out', 'keys.json'], COMMANDS, shell)).toBe(0);
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await shell.clean();
});

describe('repositories that are kept between runs', () => {
  it('change no result, and spare most requests of git', async () => {
    const without = await audit('without');
    const first = await audit('first', '--cache-dir', 'cache');
    const second = await audit('second', '--cache-dir', 'cache');
    expect(first.findings).toEqual(without.findings);
    expect(Object.keys(second.files).filter((name) => second.files[name] !== first.files[name])).toEqual([]);
    expect(first.requests.git).toBe(without.requests.git);
    // One question about refs instead of a fetch; none at all where a repository is archived.
    expect(second.requests.git).toBeLessThan(first.requests.git);
    await rm(join(shell.folder, 'cache'), { recursive: true });
    expect((await audit('again', '--cache-dir', 'cache')).findings).toEqual(without.findings);
  }, 120_000);

  it('are private to the user, and beside them lies no credential and no key', async () => {
    const root = join(shell.folder, 'cache');
    expect((await stat(join(root, 'repositories-1'))).mode & 0o777).toBe(0o700);
    const all = await readAllFiles(root);
    // What git keeps is what the repositories hold; nothing of ours is, and the token is nowhere.
    const ours = Object.fromEntries(
      Object.entries(all).filter(([name]) => !/\.git\/(?!keyaudit)/.test(name)),
    );
    expect(Object.keys(ours).length).toBeGreaterThan(20);
    expect(findCanaries(SANDBOX_VALUES, ours)).toEqual([]);
    expect(findCanaries(Object.values(sandbox.credentials), all)).toEqual([]);
  });

  it('of another version are thrown away', async () => {
    const old = join(shell.folder, 'cache/repositories-0/host/acme');
    await mkdir(old, { recursive: true });
    await writeFile(join(shell.folder, 'cache/unrelated'), '');
    const { release } = await openRepositoryCache('cache', shell);
    await release();
    const names = await readdir(join(shell.folder, 'cache'));
    expect(names.toSorted()).toEqual(['repositories-1', 'scans-1', 'unrelated']);
  });

  it('are fetched elsewhere where the folder cannot be made', async () => {
    await writeFile(join(shell.folder, 'in-the-way'), '');
    const { directory } = await openRepositoryCache('in-the-way', shell);
    expect(directory).not.toContain('in-the-way');
    expect(shell.said.err).toContain('in-the-way cannot be used (ENOTDIR)');
  });

  it('are left alone while another process uses them', async () => {
    const lock = join(shell.folder, 'cache/repositories-1.lock');
    await writeFile(lock, JSON.stringify({ host: 'elsewhere', pid: 1 }));
    const { directory, release } = await openRepositoryCache('cache', shell);
    await release();
    await rm(lock);
    expect(directory).not.toContain('repositories-1');
    expect(shell.said.err).toContain('another process uses cache');
  });
});

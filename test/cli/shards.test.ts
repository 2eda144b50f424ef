import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { SANDBOX_AS_OF } from '../../src/sandbox/as-of.js';
import { type Sandbox, SANDBOX_PORT, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { findCanaries, readAllFiles } from '../support/canaries.js';
import { SANDBOX_VALUES } from '../support/demo.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const ROOT = join(import.meta.dirname, '../..');
const JUDGED = ['--as-of', SANDBOX_AS_OF, '--format', 'sarif,markdown,html,json,junit,csv'];
/** Spares most of the shards the vendors, whose limits make up most of the time. */
const RECORDED = ['--inventory', 'keys.json'];

let sandbox: Sandbox;
let shell: TestShell;

const keyaudit = (...argv: readonly string[]): Promise<number> => run(argv, COMMANDS, shell);

const reportIn = async (folder: string): Promise<{ gate: { result: string }; coverage: unknown[] }> =>
  JSON.parse(await readFile(join(shell.folder, folder, 'keyaudit.json'), 'utf8')) as never;

const filesIn = (folder: string): Promise<Record<string, string>> => readAllFiles(join(shell.folder, folder));

/** Runs every shard; `more` goes to each. */
async function audit(count: number, more: readonly string[]): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    const argv = [
      '--as-of',
      SANDBOX_AS_OF,
      '--shard',
      `${index}/${count}`,
      '--out',
      `shards-${count}/${index}`,
    ];
    expect(await keyaudit('audit', ...argv, ...more)).toBe(0);
  }
}

beforeAll(async () => {
  sandbox = await startSandbox();
  // Without the last guard: no part may count on it.
  shell = await createTestShell({ env: sandbox.credentials, unguarded: true });
  const config = await readFile(join(ROOT, 'audit.config.yaml'), 'utf8');
  await writeFile(
    join(shell.folder, 'audit.config.yaml'),
    config.replaceAll(`http://127.0.0.1:${SANDBOX_PORT}`, sandbox.origin),
  );
  await copyFile(join(ROOT, 'audit.keys.yaml'), join(shell.folder, 'audit.keys.yaml'));
  expect(await keyaudit('audit', ...JUDGED, '--out', 'whole')).toBe(1);
  expect(await keyaudit('collect', '--out', 'keys.json')).toBe(0);
  expect(await keyaudit('audit', ...JUDGED, ...RECORDED, '--out', 'whole-recorded')).toBe(1);
}, 120_000);

afterAll(async () => {
  await sandbox.close();
  await shell.clean();
});

describe('an audit on several machines', () => {
  it.each([
    [1, 'a recorded inventory', RECORDED, 'whole-recorded'],
    [2, 'the vendors', [], 'whole'],
    [8, 'a recorded inventory', RECORDED, 'whole-recorded'],
  ] as const)(
    'of %d that read %s gives the same bytes as on one',
    async (count, _what, more, like) => {
      await audit(count, more);
      expect(await keyaudit('merge', `shards-${count}`, ...JUDGED, '--out', `merged-${count}`)).toBe(1);
      const [whole, merged] = [await filesIn(like), await filesIn(`merged-${count}`)];
      expect(Object.keys(merged)).toEqual(Object.keys(whole));
      expect(Object.keys(whole).filter((name) => merged[name] !== whole[name])).toEqual([]);
    },
    120_000,
  );

  it('writes down no value of any key', async () => {
    const texts = { ...(await filesIn('shards-2')), output: shell.said.out, errors: shell.said.err };
    expect(Object.keys(texts).filter((name) => name.endsWith('shard.json'))).toHaveLength(2);
    expect(findCanaries(SANDBOX_VALUES, texts)).toEqual([]);
  });

  it('is never clean when a shard is missing, even where the gate only warns of holes', async () => {
    await writeFile(
      join(shell.folder, 'clean.config.yaml'),
      'version: 1\nrepositories: { local: [one, two] }\ngate: { incomplete: warn }\n',
    );
    for (const name of ['one', 'two']) {
      await mkdir(join(shell.folder, name));
      await writeFile(join(shell.folder, name, 'README'), 'nothing to see\n');
    }
    const config = ['--config', 'clean.config.yaml'];
    for (const index of [1, 2]) {
      const out = `clean/${index}`;
      expect(await keyaudit('audit', ...config, '--shard', `${index}/2`, '--out', out)).toBe(0);
    }
    expect(await keyaudit('merge', 'clean', ...config, '--out', 'clean-merged')).toBe(0);
    await rm(join(shell.folder, 'clean/2'), { recursive: true });
    expect(await keyaudit('merge', 'clean', ...config, '--out', 'holed')).toBe(3);
    const { coverage, gate } = await reportIn('holed');
    expect(gate.result).toBe('incomplete');
    expect(coverage).toContainEqual(
      expect.objectContaining({ source: 'shard 2 of 2', kind: 'repository', status: 'failed' }),
    );
  });

  it.each([
    ['a folder that is not there', ['merge', 'nowhere'], /nowhere is not there/],
    ['a folder without any shard', ['merge', 'whole'], /holds a shard\.json/],
    ['shards of different audits', ['merge', 'shards-2', 'shards-8'], /same audit/],
    ['a shard that cannot be', ['audit', '--shard', '3/2'], /--shard: expected I\/N/],
  ])('refuses %s', async (_what, argv, message) => {
    shell.said.err = '';
    expect(await keyaudit(...argv)).toBe(2);
    expect(shell.said.err).toMatch(message);
  });

  it('refuses to merge under another configuration', async () => {
    const config = await readFile(join(shell.folder, 'audit.config.yaml'), 'utf8');
    await writeFile(
      join(shell.folder, 'other.config.yaml'),
      config.replace('archived: true', 'archived: false'),
    );
    shell.said.err = '';
    expect(await keyaudit('merge', 'shards-8', '--config', 'other.config.yaml')).toBe(2);
    expect(shell.said.err).toMatch(/another configuration/);
  });
});

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type OfflineFolder, offlineFolder } from '../support/offline-audit.js';

let at: OfflineFolder;
afterEach(() => at.shell.clean());

async function audited(
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> {
  at = await offlineFolder({ env });
  await at.record(['a']);
  await at.put('summary.md', 'of a step before\n');
  const code = await at.run('audit', '--format', 'markdown', '--out', 'out', ...argv);
  return { code, out: at.shell.said.out };
}

const RUNNER = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' };
const commands = (out: string): readonly string[] => out.split('\n').filter((line) => line.startsWith('::'));

describe('within GitHub Actions', () => {
  it('prints the worst findings as annotations and one line of totals, after the summary', async () => {
    const { out } = await audited(RUNNER);
    expect(commands(out).length).toBeGreaterThan(0);
    expect(out.indexOf('Reports:')).toBeLessThan(out.indexOf('::'));
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^keyaudit: \d+ critical/);
  });

  it('adds the Markdown to the summary of the step, and keeps what is there', async () => {
    await audited(RUNNER);
    const [summary, report] = await Promise.all(
      ['summary.md', 'out/keyaudit.md'].map((name) => readFile(at.path(name), 'utf8')),
    );
    expect(summary).toBe(`of a step before\n${report}`);
  });

  it('prints no annotation when told to be quiet', async () => {
    expect((await audited(RUNNER, '--quiet')).out).toBe('');
  });

  it('says where to read instead when the summary has no room, and leaves it as it is', async () => {
    at = await offlineFolder({ env: RUNNER });
    await at.record(['a']);
    const full = 'x'.repeat(1024 * 1024 - 100);
    await at.put('summary.md', full);
    await at.run('audit', '--out', 'out');
    expect(await readFile(at.path('summary.md'), 'utf8')).toBe(full);
    expect(at.shell.said.err).toContain('no room');
  });

  it('ends with the same code when the summary cannot be written', async () => {
    const plain = await audited({});
    await at.shell.clean();
    at = await offlineFolder({ env: { ...RUNNER, GITHUB_STEP_SUMMARY: 'folder' } });
    await at.record(['a']);
    await mkdir(join(at.shell.folder, 'folder'));
    expect(await at.run('audit', '--out', 'out')).toBe(plain.code);
    expect(at.shell.said.err).toContain('could not be written');
  });
});

describe('elsewhere', () => {
  it('prints no workflow command and writes no summary', async () => {
    const { out } = await audited({ GITHUB_STEP_SUMMARY: 'summary.md' });
    expect(commands(out)).toEqual([]);
    expect(await readFile(at.path('summary.md'), 'utf8')).toBe('of a step before\n');
  });
});

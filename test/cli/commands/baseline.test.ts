import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCoverage } from '../../support/audit-result.js';
import { type OfflineFolder, offlineFolder } from '../../support/offline-audit.js';

const HOLE = [
  aCoverage(),
  aCoverage({ source: 'vidbeo', status: 'failed', seen: 0, reason: 'the key is wrong' }),
];

let at: OfflineFolder;
beforeEach(async () => {
  at = await offlineFolder();
  await at.record(['a', 'b']);
});
afterEach(() => at.shell.clean());

const baseline = async (name = 'audit.baseline'): Promise<string> => readFile(at.path(name), 'utf8');

interface Told {
  readonly findings: readonly { status: string; verdict: string; subject: { id: string } }[];
  readonly notes: readonly string[];
}

async function audited(...argv: readonly string[]): Promise<Told & { readonly code: number }> {
  const code = await at.run('audit', '--format', 'json', '--out', 'out', ...argv);
  return { code, ...(JSON.parse(await readFile(at.path('out/keyaudit.json'), 'utf8')) as Told) };
}

describe('keyaudit baseline', () => {
  it('writes what is found beside the configuration, and says how many findings were added', async () => {
    expect(await at.run('baseline')).toBe(0);
    const lines = (await baseline()).trimEnd().split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(2);
    expect(at.shell.said.out).toContain(
      `audit.baseline: ${lines.length} known findings; ${lines.length} added, 0 taken out`,
    );
  });

  it('says how many were taken out when a key is gone', async () => {
    await at.run('baseline');
    const before = (await baseline()).split('\n').length;
    await at.record(['a']);
    await at.run('baseline');
    const left = before - (await baseline()).split('\n').length;
    expect(left).toBeGreaterThan(0);
    expect(at.shell.said.out).toContain(`0 added, ${left} taken out`);
  });

  it('refuses after an incomplete audit, says what is missing, and leaves the old file as it was', async () => {
    await at.run('baseline');
    const before = await baseline();
    await at.record(['a', 'b', 'c'], HOLE);
    expect(await at.run('baseline')).toBe(3);
    expect(await baseline()).toBe(before);
    expect(at.shell.said.err).toContain('vidbeo');
    expect(at.shell.said.err).toContain('the key is wrong');
  });

  it('writes nothing at all when the first audit is incomplete', async () => {
    await at.record(['a'], HOLE);
    expect(await at.run('baseline')).toBe(3);
    await expect(stat(at.path('audit.baseline'))).rejects.toThrow();
  });

  it('does not replace a file that is no baseline', async () => {
    await at.put('audit.baseline', 'somebody else wrote this\n');
    expect(await at.run('baseline')).toBe(2);
    expect(await baseline()).toBe('somebody else wrote this\n');
  });

  it('writes where --baseline says', async () => {
    expect(await at.run('baseline', '--baseline', 'known/today.txt')).toBe(0);
    expect(await baseline('known/today.txt')).toContain('keyaudit baseline 1');
  });
});

describe('an audit with a baseline', () => {
  it('labels what is in audit.baseline as known, and the rest as new', async () => {
    await at.run('baseline');
    await at.record(['a', 'b', 'c']);
    const { findings } = await audited();
    const failed = findings.filter(({ verdict }) => verdict === 'fail');
    const statusOf = (id: string): readonly string[] => [
      ...new Set(failed.filter(({ subject }) => subject.id === id).map(({ status }) => status)),
    ];
    expect(statusOf('a')).toEqual(['known']);
    expect(statusOf('c')).toContain('new');
  });

  it('fails on known findings all the same, unless --new-only', async () => {
    await at.run('baseline');
    expect((await audited('--fail-on', 'low')).code).toBe(1);
    expect((await audited('--fail-on', 'low', '--new-only')).code).toBe(0);
    await at.record(['a', 'b', 'c']);
    expect((await audited('--fail-on', 'low', '--new-only')).code).toBe(1);
  });

  it('tells what is gone from it, and says nothing of that after an incomplete audit', async () => {
    await at.run('baseline');
    await at.record(['a']);
    expect((await audited()).notes.join()).toMatch(/\d+ findings of the baseline are gone/);
    await at.record(['a'], HOLE);
    expect((await audited()).notes.join()).not.toContain('gone');
  });

  it('wants a baseline that --baseline names to be there', async () => {
    expect(await at.run('audit', '--baseline', 'mistyped.txt')).toBe(2);
    expect(at.shell.said.err).toContain('mistyped.txt');
  });

  it('names the line of a baseline with the marks of an unfinished merge', async () => {
    await at.put('audit.baseline', '<<<<<<< ours\n');
    expect(await at.run('audit')).toBe(2);
    expect(at.shell.said.err).toContain('audit.baseline:1:1');
  });
});

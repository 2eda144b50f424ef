import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCoverage } from '../support/audit-result.js';
import { type OfflineFolder, offlineFolder } from '../support/offline-audit.js';

let at: OfflineFolder;
beforeEach(async () => {
  at = await offlineFolder();
  await at.record(['a', 'b']);
});
afterEach(() => at.shell.clean());

const audit = (day: string, ...argv: readonly string[]): Promise<number> =>
  at.run('audit', '--format', 'markdown,json,html', '--out', 'out', '--as-of', day, ...argv);
const history = async (): Promise<readonly string[]> =>
  (await readFile(at.path('out/history.jsonl'), 'utf8')).trimEnd().split('\n');
const markdown = (): Promise<string> => readFile(at.path('out/keyaudit.md'), 'utf8');

describe('the history of audits', () => {
  it('grows by a line an audit, and tells what was fixed and how old the rest is', async () => {
    await audit('2026-11-01');
    expect(await markdown()).not.toContain('fixed in the last seven days');
    await at.record(['a']);
    await audit('2026-11-05');
    expect(await history()).toHaveLength(2);
    expect(await markdown()).toMatch(
      /[1-9]\d* findings fixed in the last seven days; .*4 days old \(median\)/,
    );
    expect(at.shell.said.out).toContain('fixed in the last seven days');
    expect(await readFile(at.path('out/keyaudit.html'), 'utf8')).toMatch(
      /[1-9]\d* findings fixed in the last seven days; .*4 days old \(median\)/,
    );
    const { trend } = JSON.parse(await readFile(at.path('out/keyaudit.json'), 'utf8')) as { trend: object };
    expect(trend).toEqual({ fixedInWeek: expect.any(Number) as number, medianDaysOpen: 4 });
  });

  it('counts nothing as fixed when the next audit is incomplete', async () => {
    await audit('2026-11-01');
    await at.record([], [aCoverage({ status: 'partial', reason: 'cut off' })]);
    await audit('2026-11-05');
    expect(await markdown()).toContain('0 findings fixed in the last seven days');
    expect(await history()).toHaveLength(1);
  });

  it('gives the same bytes for the same audit again', async () => {
    await audit('2026-11-01');
    await audit('2026-11-05');
    const first = [await history(), await markdown(), await readFile(at.path('out/keyaudit.html'), 'utf8')];
    await audit('2026-11-05');
    expect([await history(), await markdown(), await readFile(at.path('out/keyaudit.html'), 'utf8')]).toEqual(
      first,
    );
  });

  it('is not written by an incomplete audit', async () => {
    await at.record(['a'], [aCoverage({ status: 'partial', reason: 'cut off' })]);
    await audit('2026-11-05');
    await expect(stat(at.path('out/history.jsonl'))).rejects.toThrow();
  });

  it('is not changed by a look back', async () => {
    await audit('2026-11-05');
    const before = await history();
    await audit('2026-11-01');
    expect(await history()).toEqual(before);
  });

  it('goes on after a broken line, and says so', async () => {
    await audit('2026-11-01');
    await at.put('out/history.jsonl', `${(await history()).join('\n')}\n{"asOf":"2026-11-0`);
    expect(await audit('2026-11-05')).toBe(1);
    expect(await markdown()).toMatch(/1 line of .*history\.jsonl.* could not be read/);
    expect(await history()).toHaveLength(2);
  });

  it('is not replaced when it is no text, and nothing is asked then', async () => {
    await audit('2026-11-01');
    await at.put('out/history.jsonl', '');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(at.path('out/history.jsonl'), Buffer.from([0xff, 0xfe, 0x00]));
    expect(await audit('2026-11-05')).toBe(2);
    expect((await readFile(at.path('out/history.jsonl'))).length).toBe(3);
  });
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { createTestShell } from '../support/test-shell.js';

async function auditUntil(until: string) {
  const shell = await createTestShell({});
  await writeFile(join(shell.folder, 'audit.config.yaml'), 'version: 1\n');
  const argv = ['audit', '--as-of', '2026-11-15', '--until', until, '--format', 'json', '--out', 'out'];
  const code = await run(argv, COMMANDS, shell);
  return { code, shell };
}

describe('--until', () => {
  it('is the day to which the forecast looks ahead', async () => {
    const { shell } = await auditUntil('2027-01-01');
    const report: unknown = JSON.parse(await readFile(join(shell.folder, 'out/keyaudit.json'), 'utf8'));
    expect(report).toMatchObject({ forecast: { until: '2027-01-01T00:00:00.000Z', coming: [] } });
  });

  it.each([
    ['2026-11-15', 'expected a day after the one that is judged'],
    ['2020-01-01', 'expected a day after the one that is judged'],
    ['next week', '--until: expected a date such as'],
  ])('%s is refused', async (until, message) => {
    const { code, shell } = await auditUntil(until);
    expect(code).toBe(2);
    expect(shell.said.err).toContain(message);
  });
});

import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const MAIN = join(HERE, '../../dist/cli/main.js');
const sections = readdirSync(join(HERE, 'sections'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length));

const torture = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] };
    execFile(process.execPath, [join(HERE, 'run.mjs'), ...args], { env }, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}exit code ${error === null ? 0 : error.code}`),
    );
  });

// What `npm run torture` does at length, in a small share that is the same every time; over the program as it is shipped.
describe.skipIf(!existsSync(MAIN))('torture', () => {
  it.each(sections)(
    'breaks no promise: a small share of %s',
    async (name) => {
      const told = await torture(name, '--size=small');
      expect(told).toContain('Nothing was lost.');
      expect(told).toContain('exit code 0');
    },
    120_000,
  );
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/cli/prepare.js';

const BUILT = new URL('../../dist/prepared.json', import.meta.url);

describe('what the build prepares', () => {
  it('is what the built-in files say, once they are read and checked', async () => {
    expect(existsSync(BUILT), 'npm run build makes dist/prepared.json').toBe(true);
    expect(JSON.parse(readFileSync(BUILT, 'utf8'))).toEqual(JSON.parse(JSON.stringify(await prepare())));
  });

  it('names no folder of the machine that built it', async () => {
    const { detectors } = await prepare();
    expect(detectors.filter(({ file }) => !/^[a-z0-9-]+\.yaml$/.test(file))).toEqual([]);
  });
});

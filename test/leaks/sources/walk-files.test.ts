import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walkFiles } from '../../../src/leaks/sources/walk-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turns-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an interrupt', () => {
  it('is heard between large files', async () => {
    for (let i = 0; i < 10; i += 1) writeFileSync(join(folder, `f${i}`), Buffer.alloc(600_000));
    const interrupt = new AbortController();
    setImmediate(() => interrupt.abort(new Error('interrupted')));
    let shown = 0;
    const sink = {
      begin: () => {
        shown += 1;
      },
      data: () => undefined,
      end: () => undefined,
      goOn: () => false,
    };
    await expect(walkFiles(folder, sink, { signal: interrupt.signal })).rejects.toThrow('interrupted');
    expect(shown).toBeLessThan(4);
  });
});

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readObjects } from '../../src/git/objects.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { ObjectScanner } from '../../src/leaks/object-scanner.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';

const MIB = 1024 * 1024;

/** Files of git's, by their contents. */
function store(contents: readonly Uint8Array[]): {
  readonly gitDir: string;
  readonly ids: readonly string[];
} {
  const work = new GitRepository(temporaryFolder());
  for (const [i, content] of contents.entries()) work.write(`${i}.gz`, content);
  work.commit();
  const listed = work.git('ls-tree', '-r', '--format=%(objectname)', 'HEAD').toString();
  return { gitDir: join(work.path, '.git'), ids: listed.trim().split('\n') };
}

/** Seven KiB, some nine in each chunk of what git writes. */
const sevenMiB = (i: number): Buffer => gzipSync(Buffer.alloc(7 * MIB, i));

/** Reads them, and interrupts when the first one was shown; how many came to their end. */
async function interrupted(contents: readonly Uint8Array[]): Promise<number> {
  const interrupt = new AbortController();
  const scanner = new ObjectScanner(compileNeedles({ known: [], detectors: [] }));
  let [shown, finished] = [0, 0];
  const sink = {
    begin: scanner.begin.bind(scanner),
    data: scanner.data.bind(scanner),
    end: () => {
      scanner.end();
      shown += 1;
      if (shown === 1) setImmediate(() => interrupt.abort(new Error('interrupted')));
    },
    goOn: () => {
      const isBusy = scanner.goOn();
      finished = isBusy ? shown - 1 : shown;
      return isBusy;
    },
  };
  await expect(readObjects(store(contents), sink, { signal: interrupt.signal })).rejects.toThrow(
    'interrupted',
  );
  return finished;
}

describe('an interrupt', () => {
  it('is heard between archives of git objects that take long to open', async () => {
    expect(await interrupted(Array.from({ length: 20 }, (_, i) => sevenMiB(i)))).toBeLessThan(4);
  });

  it('is heard in the middle of one', async () => {
    const members = Buffer.concat(Array.from({ length: 5 }, (_, i) => gzipSync(Buffer.alloc(7 * MIB, i))));
    expect(await interrupted([members, Buffer.from('another')])).toBe(0);
  });
});

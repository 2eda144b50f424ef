import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readObjects } from '../../src/git/objects.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { ObjectScanner } from '../../src/leaks/object-scanner.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';

/** Archives of 7 KiB, some nine in each chunk of what git writes, each of which unpacks to 7 MiB. */
function archives(): { readonly gitDir: string; readonly ids: readonly string[] } {
  const work = new GitRepository(temporaryFolder());
  for (let i = 0; i < 20; i += 1) work.write(`${i}.gz`, gzipSync(Buffer.alloc(7 * 1024 * 1024, i)));
  work.commit();
  const listed = work.git('ls-tree', '-r', '--format=%(objectname)', 'HEAD').toString();
  return { gitDir: join(work.path, '.git'), ids: listed.trim().split('\n') };
}

describe('an interrupt', () => {
  it('is heard between archives of git objects that take long to open', async () => {
    const interrupt = new AbortController();
    const scanner = new ObjectScanner(compileNeedles({ known: [], detectors: [] }));
    let shown = 0;
    const sink = {
      begin: scanner.begin.bind(scanner),
      data: scanner.data.bind(scanner),
      goOn: scanner.goOn.bind(scanner),
      end: () => {
        scanner.end();
        shown += 1;
        if (shown === 1) setImmediate(() => interrupt.abort(new Error('interrupted')));
      },
    };
    await expect(readObjects(archives(), sink, { signal: interrupt.signal })).rejects.toThrow('interrupted');
    expect(shown).toBeLessThan(7);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listStoreFiles } from '../../src/git/pack/pack-files.js';
import { readStore } from '../../src/git/store.js';
import { readStoreIds } from '../../src/git/store-listing.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { ObjectScanner } from '../../src/leaks/object-scanner.js';
import { packReadingOf } from '../../src/leaks/pack-reading.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { buildWalker } from '../support/built-walker.js';
import { GitRepository } from '../support/git-repository.js';
import { knownKey, quietContext } from '../support/scan.js';

const KEY = fakeKey('api-video', 'a store');
const folder = mkdtempSync(join(tmpdir(), 'keyaudit-test-'));
const gitDir = join(folder, '.git');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  buildWalker();
  const repository = new GitRepository(folder);
  for (const name of ['a', 'b', 'c']) repository.write(`${name}.txt`, `${name} ${KEY}\n`);
  repository.commit();
  repository.git('repack', '-q', '-a', '-d');
});

async function found(maxAsked?: number) {
  const needles = compileNeedles({ known: [knownKey(KEY)], detectors: [] });
  const scanner = new ObjectScanner(needles);
  const reading = packReadingOf(needles);
  const request = { gitDir, sink: scanner, reading, ...(maxAsked === undefined ? {} : { maxAsked }) };
  const { objects, problem, detours } = await readStore(request, quietContext);
  return { objects, problem, hits: scanner.blobHits.size, detours: detours.length };
}

describe('a store with more objects than their ids fit into memory', () => {
  it('is read by git in a stream, which finds the same and is told', async () => {
    expect(await found()).toEqual({ objects: 5, problem: undefined, hits: 3, detours: 0 });
    expect(await found(2)).toEqual({ objects: 5, problem: undefined, hits: 3, detours: 1 });
  });

  it('is not remembered by its objects, and so read whole by each run', () => {
    const files = listStoreFiles(gitDir);
    if (files === undefined) throw new Error('expected a store that can be listed');
    expect(readStoreIds(files)?.all.count).toBe(5);
    expect(readStoreIds(files, 4)).toBeUndefined();
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Coverage } from '../../../src/core/coverage.js';
import { findMissingObjects } from '../../../src/git/missing.js';
import { scanTargets } from '../../../src/leaks/scan-targets.js';
import { buildWalker } from '../../support/built-walker.js';
import { cacheOf, memoryFolder } from '../../support/cache-in-memory.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { localTarget, quietContext } from '../../support/scan.js';

vi.mock(import('../../../src/git/missing.js'), async (original) => {
  const { findMissingObjects: walk } = await original();
  return { findMissingObjects: vi.fn(walk) };
});

const walks = vi.mocked(findMissingObjects);

beforeAll(buildWalker);
beforeEach(() => void walks.mockClear());

async function coverageOf(
  path: string,
  folder?: ReturnType<typeof memoryFolder>,
): Promise<readonly Coverage[]> {
  const cache = folder === undefined ? {} : { cache: cacheOf(folder) };
  const request = { targets: [localTarget(path)], known: [], detectors: [], ...cache };
  return (await scanTargets(request, quietContext)).coverage;
}

interface Stage {
  readonly source: GitRepository;
  /** A bare clone of it without large contents. */
  readonly partial: string;
}

function setStage(): Stage {
  const source = new GitRepository(temporaryFolder());
  source.git('config', 'uploadpack.allowFilter', 'true');
  for (let i = 0; i < 8; i += 1) source.write(`f${i}`, `file ${i} `.repeat(1 + i * 9)).commit();
  const partial = join(temporaryFolder(), 'partial.git');
  const from = `file://${source.path}`;
  source.git('clone', '--quiet', '--mirror', '--filter=blob:limit=200', from, partial);
  return { source, partial };
}

/** Nothing is repacked behind the test's back. */
function fetch({ source, partial }: Stage, ...how: readonly string[]): void {
  source.git(`--git-dir=${partial}`, '-c', 'gc.auto=0', 'fetch', '--quiet', '--no-auto-gc', ...how, 'origin');
}

/** What happens between two scans of the partial clone; each leaves it to the kept scan what is missing. */
const CHANGES: Readonly<Record<string, (stage: Stage) => void>> = {
  'a small and a large file more': (stage) => {
    stage.source.write('small', 'x').write('large', 'large '.repeat(99)).commit();
    fetch(stage);
  },
  'a branch more': ({ source, partial }) =>
    void source.git(`--git-dir=${partial}`, 'update-ref', 'refs/heads/more', 'HEAD~3'),
  'a pack of everything': ({ source, partial }) =>
    void source.git(`--git-dir=${partial}`, 'repack', '-a', '-d', '--quiet'),
  'the large files fetched': (stage) => fetch(stage, '--refetch', '--no-filter'),
};

describe('what a store lacks', () => {
  it.each(Object.entries(CHANGES))(
    'is known without a walk of git after %s in a partial clone',
    async (_, change) => {
      const stage = setStage();
      const folder = memoryFolder();
      const before = await coverageOf(stage.partial, folder);
      expect(before).toMatchObject([{ status: 'partial', reason: expect.stringContaining('missing') }]);
      change(stage);
      walks.mockClear();
      const after = await coverageOf(stage.partial, folder);
      expect(walks).not.toHaveBeenCalled();
      expect(after).toEqual(await coverageOf(stage.partial));
    },
  );

  it('is nothing in a whole one, and no walk says so, commit after commit', async () => {
    const { source } = setStage();
    const folder = memoryFolder();
    for (let i = 0; i < 3; i += 1) {
      source.write('new', `${i}`).commit();
      expect(await coverageOf(join(source.path, '.git'), folder)).toMatchObject([{ status: 'complete' }]);
    }
    expect(walks).not.toHaveBeenCalled();
  });

  it('is asked of git where objects are gone, and told', async () => {
    const { source } = setStage();
    const folder = memoryFolder();
    const gitDir = join(source.path, '.git');
    await coverageOf(gitDir, folder);
    const id = source.git('rev-parse', 'HEAD:f7');
    rmSync(join(gitDir, 'objects', id.slice(0, 2), id.slice(2)));
    const [objects] = await coverageOf(gitDir, folder);
    expect(walks).toHaveBeenCalledOnce();
    expect(objects).toMatchObject({
      status: 'partial',
      reason: expect.stringContaining('1 objects are missing'),
    });
  });
});

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Detector } from '../../../src/leaks/detectors/detector.js';
import type { ScanTarget } from '../../../src/core/scan-target.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { scanTargets } from '../../../src/leaks/scan-targets.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { buildWalker } from '../../support/built-walker.js';
import { cacheOf, memoryFolder } from '../../support/cache-in-memory.js';
import { findCanaries } from '../../support/canaries.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { knownKey, localTarget, quietContext } from '../../support/scan.js';

const VALUES = Array.from({ length: 6 }, (_, i) => fakeKey('api-video', `kept-${i}`));
const HASHED = Array.from({ length: 3 }, (_, i) => fakeKey('cognitive3d-legacy', `kept-${i}`));
const GUESSED = Array.from({ length: 4 }, (_, i) => fakeKey('cognitive3d', `kept-${i}`));
const STRINGS = [...VALUES, ...HASHED, ...GUESSED];
/** A small share in every run; KEYAUDIT_HISTORIES=100 for a long one. */
const HISTORIES = Number(process.env['KEYAUDIT_HISTORIES'] ?? 2);
const STEPS = 18;

let shipped: readonly Detector[];
beforeAll(async () => {
  buildWalker();
  shipped = await loadDetectors(['rules/detectors']);
});

/** Deterministic numbers in [0, below). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A repository, and what is looked for in it; both change step by step. */
class Story {
  readonly repository = new GitRepository(temporaryFolder());
  readonly next: (below: number) => number;
  detectors = shipped;
  values = new Set(VALUES.slice(0, 2));
  hashed = new Set(HASHED.slice(0, 1));
  #files = 0;

  constructor(seed: number) {
    this.next = numbers(seed);
    for (let i = 0; i < 40; i += 1) this.repository.write(`src/f${i}.ts`, `export const f = ${i};\n`);
    this.repository.commit('Begin');
  }

  readonly pick = <T>(list: readonly T[]): T => {
    const item = list[this.next(list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };

  text(): string {
    const planted = this.next(2) === 0 ? `\nkey = "${this.pick(STRINGS)}"` : '';
    return `// ${this.next(1000)}${planted}\n${'line\n'.repeat(this.next(5))}`;
  }

  known() {
    return [
      ...[...this.values].map(knownKey),
      ...[...this.hashed].map((value) => ({ fingerprint: knownKey(value).fingerprint })),
    ];
  }

  newFile(): string {
    this.#files += 1;
    return `d${this.next(4)}/g${this.#files}.txt`;
  }
}

/** What of it cannot be read is told, though nothing is found in it. */
const damagedGzip = (seed: number): Buffer =>
  Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), Buffer.alloc(40, seed | 7)]);

const OPERATIONS: readonly ((story: Story) => void)[] = [
  (story) => void story.repository.write(story.newFile(), story.text()).commit(),
  (story) => void story.repository.write(`src/f${story.next(40)}.ts`, story.text()).commit(),
  (story) => void story.repository.commit(`Talk of ${story.pick(STRINGS)}`),
  (story) =>
    void story.repository.write(`named/${story.pick(STRINGS)}/x${story.next(3)}`, story.text()).commit(),
  (story) => void story.repository.write(`d/${story.next(9)}.gz`, damagedGzip(story.next(256))).commit(),
  (story) => void story.repository.write('same.txt', `${story.pick(STRINGS)}\n`).commit(),
  (story) => void story.repository.write(story.newFile(), story.text()).commit('Other', '--amend'),
  (story) => {
    const from = story.pick(story.repository.git('ls-files').split('\n'));
    story.repository.git('mv', '--force', '-k', from, `moved${story.next(10)}`);
    story.repository.commit('Move');
  },
  (story) => void story.repository.git('checkout', '--quiet', '-B', `branch-${story.next(3)}`),
  (story) => void story.repository.git('update-ref', `refs/heads/${story.pick(STRINGS)}`, 'HEAD'),
  (story) => {
    const names = story.repository.git('branch', '--format=%(refname:short)').split('\n');
    const head = story.repository.git('branch', '--show-current');
    const others = names.filter((name) => name !== head && !name.startsWith('('));
    if (others.length > 0) story.repository.git('branch', '-D', story.pick(others));
  },
  (story) =>
    void story.repository.git('tag', '--force', '-a', `t${story.next(5)}`, '-m', story.pick(STRINGS)),
  (story) => void story.repository.write(story.newFile(), story.text()).git('add', '--all'),
  (story) => void story.repository.git('repack', '-a', '-d', '--quiet'),
  (story) => void story.repository.git('repack', '-d', '--quiet'),
  (story) => {
    story.repository.git('reflog', 'expire', '--expire=now', '--all');
    story.repository.git('gc', '--prune=now', '--quiet');
  },
  (story) => void story.repository.git('pack-refs', '--all'),
  (story) => void story.values.add(story.pick(VALUES)),
  (story) => void story.values.delete(story.pick(VALUES)),
  (story) => void story.hashed.add(story.pick(HASHED)),
  (story) => void story.hashed.delete(story.pick(HASHED)),
  (story) => {
    story.detectors = shipped.filter((_, i) => i !== story.next(shipped.length));
  },
  (story) => {
    story.detectors = shipped;
  },
  () => undefined,
];

/** A mirror of what others see of it, with a commit more and a branch less. */
function forkOf({ repository, next, pick }: Story): ScanTarget {
  const path = join(temporaryFolder(), 'fork.git');
  repository.git('clone', '--quiet', '--mirror', '--no-local', repository.path, path);
  const git = (...args: string[]): string => repository.git(`--git-dir=${path}`, ...args);
  const [branch = '', ...others] = git('for-each-ref', '--format=%(refname)', 'refs/heads/').split('\n');
  if (next(2) === 0) {
    const message = next(2) === 0 ? 'Of the fork' : `Of ${pick(STRINGS)}`;
    const id = git('commit-tree', `${branch}^{tree}`, '-p', branch, '-m', message);
    git('update-ref', branch, id);
  }
  if (others.length > 0 && next(2) === 0) git('update-ref', '-d', pick(others));
  return { ...localTarget(path), relatives: [join(repository.path, '.git')] };
}

async function outcome(
  story: Story,
  folder?: ReturnType<typeof memoryFolder>,
  target: ScanTarget = localTarget(story.repository.path),
) {
  const said: string[] = [];
  const { candidates, coverage, met } = await scanTargets(
    {
      targets: [target],
      known: story.known(),
      detectors: story.detectors,
      ...(folder === undefined ? {} : { cache: cacheOf(folder) }),
    },
    { ...quietContext, progress: { note: () => undefined, detail: (text) => void said.push(text) } },
  );
  const [, objects, scannedNow] = /(\d+) objects, (\d+) of them/.exec(said.join('\n')) ?? [];
  return {
    text: JSON.stringify(
      { candidates, coverage, met: met.map((secret) => secret.fingerprint()).toSorted() },
      null,
      1,
    ),
    objects: Number(objects),
    scannedNow: Number(scannedNow),
  };
}

describe('a scan of a fork that remembers what it was made from', () => {
  it.each(Array.from({ length: HISTORIES }, (_, i) => i + 101))(
    'tells the same as one that remembers nothing, and looks at what is new (history %i)',
    async (seed) => {
      const story = new Story(seed);
      const folder = memoryFolder();
      for (let round = 0; round < 4; round += 1) {
        for (let step = 0; step < 5; step += 1) OPERATIONS[story.next(OPERATIONS.length)]?.(story);
        await outcome(story, folder);
        const fork = forkOf(story);
        const alone = await outcome(story, undefined, fork);
        const related = await outcome(story, folder, fork);
        expect(related.text, `round ${round}`).toBe(alone.text);
        expect(related.scannedNow).toBeLessThan(5);
        expect(alone.scannedNow).toBe(alone.objects);
        const again = await outcome(story, folder, fork);
        expect(again.text).toBe(alone.text);
        expect(again.scannedNow).toBe(0);
        // And the other way round: what it was made from, when only the fork was scanned.
        const only = memoryFolder();
        await outcome(story, only, { ...fork, relatives: [] });
        const source = { ...localTarget(story.repository.path), relatives: [fork.path] };
        expect((await outcome(story, only, source)).text).toBe((await outcome(story)).text);
      }
    },
    60_000,
  );
});

describe('a scan that remembers earlier ones', () => {
  it.each(Array.from({ length: HISTORIES }, (_, i) => i + 1))(
    'tells the same as one that does not, after whatever happened between (history %i)',
    async (seed) => {
      const story = new Story(seed);
      const folder = memoryFolder();
      let scannedNow = 0;
      for (let step = 0; step < STEPS; step += 1) {
        const operation = story.next(OPERATIONS.length);
        OPERATIONS[operation]?.(story);
        const remembered = await outcome(story, folder);
        const fresh = await outcome(story);
        expect(remembered.text, `step ${step}, operation ${operation}`).toBe(fresh.text);
        if (step > 0) scannedNow += remembered.scannedNow / fresh.objects;
        const again = await outcome(story, folder);
        expect(again.text).toBe(fresh.text);
        expect(again.scannedNow).toBe(0);
        const bytes = Object.fromEntries(
          [...folder.files].map(([name, file]) => [name, file.toString('latin1')]),
        );
        expect(findCanaries(STRINGS, bytes)).toEqual([]);
      }
      // Most steps are small; a new key or detector looks at everything.
      expect(scannedNow).toBeLessThan(STEPS / 2);
    },
    60_000,
  );
});

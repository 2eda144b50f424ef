import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECOYS } from '../../../src/sandbox/git/decoys.js';
import { PLANTED_LEAKS } from '../../../src/sandbox/git/planted-leaks.js';
import { REPOSITORY_PLANS } from '../../../src/sandbox/git/repository-plans.js';
import { writeRepository } from '../../../src/sandbox/git/write-repository.js';

const { signal } = new AbortController();
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'keyaudit-plans-'));
  for (const plan of REPOSITORY_PLANS) await writeRepository(plan, pathOf(plan), signal);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const pathOf = ({ owner, name }: { owner: string; name: string }): string => join(root, owner, `${name}.git`);

function git(repository: string, ...args: readonly string[]): string {
  const plan = REPOSITORY_PLANS.find(({ name }) => name === repository);
  if (plan === undefined) throw new Error(`no repository ${repository}`);
  return execFileSync('git', ['--git-dir', pathOf(plan), ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** Everything in a repository's object store, reachable or not. */
const everything = (repository: string): string =>
  git(repository, 'cat-file', '--batch-all-objects', '--batch');

const headFiles = (repository: string): readonly string[] =>
  git(repository, 'ls-tree', '-r', '--name-only', 'HEAD').trim().split('\n');

describe("the sandbox's repositories", () => {
  it('are some of every kind', () => {
    const kinds = (pick: (plan: (typeof REPOSITORY_PLANS)[number]) => boolean): number =>
      REPOSITORY_PLANS.filter(pick).length;
    expect(REPOSITORY_PLANS.length).toBeGreaterThanOrEqual(25);
    expect(kinds((plan) => plan.visibility === 'public')).toBeGreaterThan(2);
    expect(kinds((plan) => plan.visibility === 'internal')).toBeGreaterThan(2);
    expect(kinds((plan) => plan.archived)).toBeGreaterThan(1);
    expect(kinds((plan) => plan.fork)).toBe(1);
    expect(kinds((plan) => plan.commits.length === 0)).toBe(1);
  });

  it('have the same commit ids and bytes whenever they are made', async () => {
    const again = mkdtempSync(join(tmpdir(), 'keyaudit-plans-'));
    const [plan] = REPOSITORY_PLANS;
    if (plan === undefined) throw new Error('no plan');
    await writeRepository(plan, join(again, 'x.git'), signal);
    const packs = (path: string): readonly Buffer[] =>
      readdirSync(join(path, 'objects/pack'))
        .toSorted()
        .map((file) => readFileSync(join(path, 'objects/pack', file)));
    expect(packs(join(again, 'x.git'))).toEqual(packs(pathOf(plan)));
    rmSync(again, { recursive: true });
    expect(git('live-studio', 'rev-parse', 'HEAD').trim()).toBe('7acd62f9d2840612deb4fbbd8a4d172f9bb94cec');
  });

  it('are sound', () => {
    for (const { name, commits } of REPOSITORY_PLANS) {
      if (commits.length > 0) expect(git(name, 'fsck', '--strict', '--no-dangling')).toBe('');
    }
  });

  it.each(PLANTED_LEAKS)('hold $label in $repository as planned ($story)', (leak) => {
    const { repository, value, place } = leak;
    const written = place.encoding === 'basic-auth' ? Buffer.from(`${value}:`).toString('base64') : value;
    expect(everything(repository)).toContain(written);
    const reachable =
      git(repository, 'log', '--all', '-p', '-m', '--format=%B') +
      git(repository, 'for-each-ref', '--format=%(contents)');
    expect(reachable.includes(written)).toBe(place.cloned);
    const text =
      place.path !== undefined && headFiles(repository).includes(place.path)
        ? git(repository, 'show', `HEAD:${place.path}`)
        : '';
    expect(text.includes(written)).toBe(place.inHead);
  });

  it('hold no key but the planted ones', () => {
    const planted = new Map(
      PLANTED_LEAKS.map((leak) => [
        leak.repository,
        PLANTED_LEAKS.filter(({ repository }) => repository === leak.repository).map(({ value }) => value),
      ]),
    );
    for (const { name, commits } of REPOSITORY_PLANS) {
      if (commits.length === 0) continue;
      const found = everything(name).match(/\b(?:FAKE|fake|orgkey-fake)[A-Za-z0-9]{20,}/g) ?? [];
      expect([...new Set(found)].filter((value) => !(planted.get(name) ?? []).includes(value))).toEqual([]);
    }
  });

  it.each(DECOYS)('show the decoy $path in $repository', ({ repository, path, text }) => {
    expect(git(repository, 'show', `HEAD:${path}`)).toBe(text);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withPastVisibility } from '../../src/github/past-visibility.js';
import type { RemoteRepository } from '../../src/github/remote-repository.js';
import { aRemoteRepository } from '../support/remote-repository.js';

let folder: string;
const path = (): string => join(folder, '.visibility.json');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyaudit-visibility-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A run on that day. @returns when the repository was seen closed last */
async function run(day: string, ...repositories: readonly Partial<RemoteRepository>[]) {
  const clock = { now: () => Date.parse(day), sleep: () => Promise.resolve() };
  const request = { path: path(), repositories: repositories.map(aRemoteRepository) };
  return (await withPastVisibility(request, { clock })).map(({ closedAt }) => closedAt);
}

const CLOSED = { visibility: 'private' } as const;
const OPEN = { visibility: 'public' } as const;
const FIRST = '2026-01-01T00:00:00.000Z';
const SECOND = '2026-01-08T00:00:00.000Z';

describe('what earlier runs remember of who can read a repository', () => {
  it('is the last run at which it was closed, from the run on that sees it public', async () => {
    expect(await run('2026-01-01', CLOSED)).toEqual([undefined]);
    expect(await run('2026-01-08', { visibility: 'internal' })).toEqual([undefined]);
    expect(await run('2026-01-15', OPEN)).toEqual([SECOND]);
    expect(await run('2026-01-22', OPEN)).toEqual([SECOND]);
  });

  it('outlives a new name, and a run whose lists lack the repository', async () => {
    await run('2026-01-01', CLOSED);
    await run('2026-01-08', { id: '2', ...OPEN });
    expect(await run('2026-01-15', { name: 'acme/new', ...OPEN })).toEqual([FIRST]);
  });

  it.each<[string, Partial<RemoteRepository>]>([
    ['another one of the same name', { id: '2', ...OPEN }],
    ['one of which GitHub tells no number', { id: undefined, ...OPEN }],
    ['one that is closed still', CLOSED],
  ])('is nothing for %s', async (_what, repository) => {
    await run('2026-01-01', CLOSED, { ...CLOSED, id: undefined });
    expect(await run('2026-01-08', repository)).toEqual([undefined]);
  });

  it.each([
    ['missing', undefined],
    ['cut off', '{"version":1,"closedAt":{"1":"2026-01-0'],
    ['of another version', '{"version":2,"closedAt":{"1":"2026-01-01"}}'],
    ['not what a run writes', '{"version":1,"closedAt":{"1":"yesterday"}}'],
  ])('is nothing where the file is %s, and is there again from then on', async (_what, text) => {
    if (text !== undefined) writeFileSync(path(), text);
    expect(await run('2026-01-08', OPEN, { id: '2', ...CLOSED })).toEqual([undefined, undefined]);
    expect(await run('2026-01-15', OPEN, { id: '2', ...OPEN })).toEqual([undefined, SECOND]);
  });

  it('costs nothing but itself where the file cannot be written', async () => {
    rmSync(folder, { recursive: true });
    expect(await run('2026-01-08', OPEN)).toEqual([undefined]);
  });

  it('holds numbers and times, and no name', async () => {
    await run('2026-01-01', { ...CLOSED, name: 'acme/very-secret-plan' });
    expect(readFileSync(path(), 'utf8')).toBe(`{"version":1,"closedAt":{"1":"${FIRST}"}}`);
  });
});

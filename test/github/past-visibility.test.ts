import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant } from '../../src/core/instant.js';
import {
  parsePastVisibility,
  type PastVisibility,
  pastVisibilityText,
  withPastVisibility,
} from '../../src/github/past-visibility.js';
import type { RemoteRepository } from '../../src/github/remote-repository.js';
import { aRemoteRepository } from '../support/remote-repository.js';

const day = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no date: ${text}`);
  return instant;
};

type Day = readonly [date: string, ...repositories: Partial<RemoteRepository>[]];

/** Runs on those days, one after another. @returns when the repositories of the last one were seen closed last */
function runs(...days: readonly Day[]) {
  let past: PastVisibility = new Map();
  let last: readonly (Instant | undefined)[] = [];
  for (const [date, ...changes] of days) {
    const repositories = changes.map(aRemoteRepository);
    const seen = withPastVisibility({ host: 'api.github.com', repositories, past, now: day(date) });
    // As the next run reads it.
    past = parsePastVisibility(pastVisibilityText(seen.past)) ?? new Map();
    last = seen.repositories.map(({ closedAt }) => closedAt);
  }
  return { last, past };
}

const CLOSED = { visibility: 'private' } as const;
const OPEN = { visibility: 'public' } as const;

describe('what earlier runs remember of who can read a repository', () => {
  it('is the last run at which it was closed, from the run on that sees it public', () => {
    const closed: readonly Day[] = [
      ['2026-01-01', CLOSED],
      ['2026-01-08', { visibility: 'internal' }],
    ];
    expect(runs(...closed).last).toEqual([undefined]);
    const seen = [day('2026-01-08')];
    expect(runs(...closed, ['2026-01-15', OPEN]).last).toEqual(seen);
    expect(runs(...closed, ['2026-01-15', OPEN], ['2026-01-22', OPEN]).last).toEqual(seen);
  });

  it('stays what it is in a look back at an earlier day', () => {
    const { last } = runs(['2026-01-08', CLOSED], ['2026-01-01', CLOSED], ['2026-01-15', OPEN]);
    expect(last).toEqual([day('2026-01-08')]);
  });

  it('outlives a new name, and a run whose lists lack the repository', () => {
    const other: Day = ['2026-01-08', { id: '2', ...OPEN }];
    const renamed: Day = ['2026-01-15', { name: 'acme/new', ...OPEN }];
    expect(runs(['2026-01-01', CLOSED], other, renamed).last).toEqual([day('2026-01-01')]);
  });

  it.each<[string, Partial<RemoteRepository>]>([
    ['another one of the same name', { id: '2', ...OPEN }],
    ['one of which GitHub tells no number', { id: undefined, ...OPEN }],
    ['one that is closed still', CLOSED],
    ['one of which nobody tells who can read it', { visibility: 'unknown' }],
  ])('is nothing for %s', (_what, repository) => {
    const { last } = runs(['2026-01-01', CLOSED, { ...CLOSED, id: undefined }], ['2026-01-08', repository]);
    expect(last).toEqual([undefined]);
  });

  it('is nothing for the same number at another GitHub', () => {
    const { past } = runs(['2026-01-01', CLOSED]);
    const repositories = [aRemoteRepository(OPEN)];
    const seen = withPastVisibility({ host: 'github.example', repositories, past, now: day('2026-01-08') });
    expect(seen.repositories[0]?.closedAt).toBeUndefined();
  });

  it('holds numbers and times, and no name, in order', () => {
    const { past } = runs([
      '2026-01-01',
      { ...CLOSED, id: '7', name: 'acme/very-secret-plan' },
      { ...CLOSED, id: '10' },
    ]);
    expect(pastVisibilityText(past)).toBe(
      [
        '{',
        ' "version": 1,',
        ' "closedAt": {',
        '  "api.github.com 10": "2026-01-01T00:00:00.000Z",',
        '  "api.github.com 7": "2026-01-01T00:00:00.000Z"',
        ' }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['cut off', '{"version":1,"closedAt":{"1":"2026-01-0'],
    ['of another version', '{"version":2,"closedAt":{"1":"2026-01-01"}}'],
    ['not what a run writes', '{"version":1,"closedAt":{"1":"yesterday"}}'],
  ])('cannot be told where the file is %s', (_what, text) => {
    expect(parsePastVisibility(text)).toBeUndefined();
  });
});

import { z } from 'zod';
import { compareText } from '../core/compare-text.js';
import { type Instant, parseInstant } from '../core/instant.js';
import type { RemoteRepository } from './remote-repository.js';

/** By a repository's host and number: the last run at which not everybody could read it. */
export type PastVisibility = ReadonlyMap<string, Instant>;

const schema = z.strictObject({
  version: z.literal(1),
  closedAt: z.record(
    z.string().max(400),
    z
      .string()
      .max(40)
      .transform((text, context) => {
        const instant = parseInstant(text);
        if (instant !== undefined) return instant;
        context.addIssue({ code: 'custom', message: 'expected a time' });
        return z.NEVER;
      }),
  ),
});

/** @returns undefined for what {@link pastVisibilityText} did not write. */
export function parsePastVisibility(text: string): PastVisibility | undefined {
  try {
    return new Map(Object.entries(schema.parse(JSON.parse(text)).closedAt));
  } catch {
    return undefined;
  }
}

/** One line a repository, in order: numbers and times, and no name. */
export function pastVisibilityText(past: PastVisibility): string {
  const closedAt = Object.fromEntries([...past].toSorted(([a], [b]) => compareText(a, b)));
  return `${JSON.stringify({ version: 1, closedAt }, undefined, 1)}\n`;
}

/** The later time of each. */
export function joinPast(one: PastVisibility, other: PastVisibility): PastVisibility {
  const joined = new Map(one);
  for (const [key, at] of other) {
    const before = joined.get(key);
    if (before === undefined || before < at) joined.set(key, at);
  }
  return joined;
}

export interface Listed {
  /** Of the API. */
  readonly host: string;
  readonly repositories: readonly RemoteRepository[];
  readonly past: PastVisibility;
  readonly now: Instant;
}

/** Says of every public repository when an earlier run saw it closed, and notes for later runs which ones are closed now. */
export function withPastVisibility({ host, repositories, past, now }: Listed): {
  readonly repositories: readonly RemoteRepository[];
  readonly past: PastVisibility;
} {
  const keyOf = ({ id }: RemoteRepository): string => `${host} ${id}`;
  const closed = repositories.filter(
    ({ id, visibility }) => id !== undefined && (visibility === 'private' || visibility === 'internal'),
  );
  return {
    repositories: repositories.map((repository) => ({
      ...repository,
      closedAt: repository.visibility === 'public' ? past.get(keyOf(repository)) : undefined,
    })),
    // A look back at an earlier day knows nothing newer.
    past: joinPast(past, new Map(closed.map((repository) => [keyOf(repository), now]))),
  };
}

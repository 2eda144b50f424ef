import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Instant, instantToMs, parseInstant } from '../core/instant.js';

/** What GitHub tells in one breath of the newest changes of a repository. */
export interface Activity {
  /**
   * By part, as coverage calls it: a digest of how many there are and when one of them, or what they stand below, changed last.
   * Absent where what is told does not do.
   */
  readonly signs: ReadonlyMap<string, string>;
  /** A digest of what every open pull request leads to; undefined where not all of them are told. */
  readonly heads: string | undefined;
  /** How many there are; comments and reviews are told by nobody. */
  readonly counts: Readonly<
    Record<'issues' | 'pulls' | 'discussions' | 'releases' | 'commitComments', number>
  >;
  /** What it was forked from, as `owner/name`, where that may be seen. */
  readonly parent: string | undefined;
}

/**
 * What is asked of each repository. Of issues, pull requests and discussions the newest change of all is enough; releases and
 * commit comments come in no such order, so there each one is told, or too many.
 */
export const ACTIVITY_FIELDS = `id hasIssuesEnabled parent { nameWithOwner }
  issues(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { updatedAt } }
  pulls: pullRequests(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { updatedAt } }
  open: pullRequests(first: 50, states: OPEN) { totalCount nodes { number headRefOid } }
  discussions(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { updatedAt } }
  releases(first: 50) { totalCount nodes { updatedAt } }
  commitComments(first: 50) { totalCount nodes { updatedAt } }`;

/** The lists of which it tells whether they changed. */
const SIGNED_PARTS = [
  'issues',
  'pull requests',
  'comments',
  'review comments',
  'reviews',
  'commit comments',
  'releases',
  'discussions',
] as const;
type SignedPart = (typeof SIGNED_PARTS)[number];

export const isSignedPart = (part: string): boolean => SIGNED_PARTS.some((signed) => signed === part);

/** Connections of each repository, which GitHub counts its points by. */
export const ACTIVITY_CONNECTIONS = 6;

const instant = z
  .string()
  .max(40)
  .transform((text) => parseInstant(text));
const connection = <T extends z.ZodType>(node: T) =>
  z.object({ totalCount: z.int().nonnegative(), nodes: z.array(node.nullable()).max(100) });
const changes = connection(z.object({ updatedAt: instant }));
const schema = z.object({
  id: z.string().max(200),
  hasIssuesEnabled: z.boolean(),
  parent: z.object({ nameWithOwner: z.string().max(200) }).nullable(),
  issues: changes,
  pulls: changes,
  open: connection(z.object({ number: z.int(), headRefOid: z.string().regex(/^[0-9a-f]{40,64}$/) })),
  discussions: changes,
  releases: changes,
  commitComments: changes,
});
type Told = z.output<typeof schema>;
type Changes = z.output<typeof changes>;

/**
 * What changed less than that before the question may be changing still: times have whole seconds, copies of GitHub's data lag,
 * and it makes the refs of a pull request behind the scenes. Our judgement.
 */
const UNSETTLED_MS = 10 * 60_000;

/** @returns undefined for what is no answer about a repository. */
export function parseActivity(
  node: unknown,
  nowMs: number,
): { readonly nodeId: string; readonly activity: Activity } | undefined {
  const { data } = schema.safeParse(node);
  if (data === undefined) return undefined;
  const parts = Object.entries(signsOf(data, nowMs));
  const signs = parts.flatMap(([part, sign]): [string, string][] =>
    sign === undefined ? [] : [[part, sign]],
  );
  const heads = headsOf(data, nowMs);
  return {
    nodeId: data.id,
    activity: { signs: new Map(signs), heads, counts: countsOf(data), parent: data.parent?.nameWithOwner },
  };
}

const countsOf = ({ issues, pulls, discussions, releases, commitComments }: Told): Activity['counts'] => ({
  issues: issues.totalCount,
  pulls: pulls.totalCount,
  discussions: discussions.totalCount,
  releases: releases.totalCount,
  commitComments: commitComments.totalCount,
});

function signsOf(told: Told, nowMs: number): Record<SignedPart, string | undefined> {
  const issues = digestOf([told.hasIssuesEnabled, newest(told.issues, nowMs)]);
  const pulls = digestOf([newest(told.pulls, nowMs)]);
  return {
    issues,
    'pull requests': pulls,
    // A new comment is a change of what it stands below; whether a word changed in one is, nobody documents.
    comments: digestOf([issues, pulls]),
    'review comments': pulls,
    reviews: pulls,
    'commit comments': digestOf([each(told.commitComments, nowMs)]),
    releases: digestOf([each(told.releases, nowMs)]),
    discussions: digestOf([newest(told.discussions, nowMs)]),
  };
}

/** Undefined where one of the things is. */
function digestOf(things: readonly unknown[]): string | undefined {
  if (things.includes(undefined)) return undefined;
  return createHash('sha256').update(JSON.stringify(things)).digest('hex');
}

type Summary = readonly [count: number, ...times: Instant[]];

function newest({ totalCount, nodes }: Changes, nowMs: number): Summary | undefined {
  const at = nodes[0]?.updatedAt;
  if (totalCount === 0 && at === undefined) return [0];
  return at === undefined || !isSettled(at, nowMs) ? undefined : [totalCount, at];
}

function each({ totalCount, nodes }: Changes, nowMs: number): Summary | undefined {
  const times = nodes.flatMap((node) => node?.updatedAt ?? []);
  const isWhole = times.length === totalCount && nodes.length === totalCount;
  return isWhole && times.every((at) => isSettled(at, nowMs)) ? [totalCount, ...times] : undefined;
}

const isSettled = (at: Instant, nowMs: number): boolean => instantToMs(at) + UNSETTLED_MS <= nowMs;

/**
 * The refs of a pull request that is closed stay as they are, and those of an open one follow its head and its base; a base
 * that moved is a push, which the list of repositories tells.
 */
function headsOf({ open, pulls }: Told, nowMs: number): string | undefined {
  const heads = open.nodes.flatMap((pull) => (pull === null ? [] : [`${pull.number} ${pull.headRefOid}`]));
  return heads.length === open.totalCount ? digestOf([newest(pulls, nowMs), heads.toSorted()]) : undefined;
}

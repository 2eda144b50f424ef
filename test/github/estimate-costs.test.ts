import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/github/activity.js';
import { estimateCosts } from '../../src/github/estimate-costs.js';
import { Secret } from '../../src/core/secret.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubEntry } from '../support/github-context.js';
import { aRemoteRepository } from '../support/remote-repository.js';

const token = Secret.of(fakeKey('github', 'test'));
const NONE = { issues: 0, pulls: 0, discussions: 0, releases: 0, commitComments: 0 };

function costs(counts: Partial<Activity['counts']> | undefined, include: object = {}) {
  const repositories = [aRemoteRepository({ hasDiscussions: true })];
  const activity = {
    signs: new Map<string, string>(),
    heads: undefined,
    parent: undefined,
    counts: { ...NONE, ...counts },
  };
  const activities = new Map(counts === undefined ? [] : [['acme/web', activity] as const]);
  const entry = githubEntry({ apiUrl: 'https://api.github.com', include });
  const found = estimateCosts({ entry, token, repositories, activities, lists: 3 });
  const requests = Object.fromEntries(found.requests.map(({ part, count }) => [part, count]));
  return { ...found, requests };
}

describe('what a first run costs', () => {
  it('counts the further pages of lists of which GitHub tells how long they are', () => {
    const counts = { issues: 150, pulls: 60, discussions: 26, releases: 101, commitComments: 100 };
    expect(costs(counts).requests).toMatchObject({
      issues: 3,
      'pull requests': 1,
      reviews: 1,
      discussions: 2,
      releases: 2,
      'commit comments': 1,
      comments: 1,
    });
  });

  it('counts a page of each list where nobody tells, or where it is empty', () => {
    const all = { issues: 1, 'pull requests': 1, releases: 1, discussions: 1 };
    expect(costs(undefined).requests).toMatchObject(all);
    expect(costs({}).requests).toMatchObject(all);
  });

  it('counts the lists themselves, of members and gists too, and logs where they are wanted', () => {
    expect(costs({}).requests).toMatchObject({ lists: 3 });
    expect(costs({}).requests).not.toHaveProperty('workflow logs');
    expect(costs({}, { workflowLogDays: 7 }).requests).toMatchObject({ 'workflow logs': 1 });
  });

  it('tells what a later run asks for in any case, unless GitHub does not tell what changed', () => {
    expect(costs({}).changes).toEqual({ questions: 1, points: 3 });
    expect(costs(undefined).changes).toEqual({ questions: 0, points: 0 });
  });
});

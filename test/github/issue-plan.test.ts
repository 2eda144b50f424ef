import { describe, expect, test } from 'vitest';
import { type IssueMarker, markerDigest, markerText, parseMarker } from '../../src/github/issue-marker.js';
import { type IssueWish, type OwnIssue, planIssues } from '../../src/github/issue-plan.js';

const marker = (owner: string, state = 'a'): IssueMarker => ({
  set: markerDigest('set', 'keyaudit'),
  owner: markerDigest('owner', owner),
  state: state.repeat(32),
});
const wish = (owner: string, state = 'a'): IssueWish => ({
  marker: marker(owner, state),
  title: `API keys of ${owner}`,
  text: 'text\n',
  labels: ['keys'],
});
const issue = (number: number, owner: string, state = 'a'): OwnIssue => ({
  number,
  title: `API keys of ${owner}`,
  marker: marker(owner, state),
});

const acts = (wishes: readonly IssueWish[], existing: readonly OwnIssue[]): readonly string[] =>
  planIssues(wishes, existing).map((step) => ('number' in step ? `${step.act} ${step.number}` : step.act));

describe('one issue for each owner', () => {
  test.each([
    ['is opened for an owner without one', [wish('web')], [], ['open']],
    ['stays as it is while nothing changed', [wish('web')], [issue(7, 'web')], ['keep 7']],
    ['is written again when its findings changed', [wish('web', 'b')], [issue(7, 'web')], ['update 7']],
    ['is closed when its owner has no finding left', [], [issue(7, 'web')], ['close 7']],
    ["does not stand for another owner's", [wish('web')], [issue(7, 'xr')], ['open', 'close 7']],
    [
      'is the oldest of two, and the other is closed',
      [wish('web')],
      [issue(9, 'web'), issue(7, 'web')],
      ['keep 7', 'close 9'],
    ],
    ['is nothing to do where nothing is found', [], [], []],
  ])('%s', (_case, wishes, existing, expected) => {
    expect(acts(wishes, existing)).toEqual(expected);
  });

  test('begins with its marker, by which it is known again', () => {
    const [step] = planIssues([wish('web')], []);
    expect(step?.act === 'open' && parseMarker(step.body)).toEqual(marker('web'));
  });
});

describe('a marker', () => {
  test.each([
    ['that is not at the beginning', `> ${markerText(marker('web'))}`],
    ['of another version', markerText(marker('web')).replace('/v1', '/v2')],
    ['that is cut off', markerText(marker('web')).slice(0, -8)],
    ['that is nowhere', 'an issue of somebody else'],
  ])('%s is none', (_case, body) => {
    expect(parseMarker(body)).toBeUndefined();
  });

  test('does not show the name of the owner', () => {
    expect(markerText(marker('team-web'))).not.toContain('team-web');
  });
});

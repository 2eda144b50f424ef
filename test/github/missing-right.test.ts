import { describe, expect, it } from 'vitest';
import { missingRight } from '../../src/github/missing-right.js';

const ACCEPTED = 'x-accepted-github-permissions';
const SCOPES = { 'x-oauth-scopes': 'public_repo, read:org', 'x-accepted-oauth-scopes': 'repo' };

describe('which right a token lacks', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['one right', { [ACCEPTED]: 'issues=read' }, 'it needs the right issues: read'],
    [
      'either of two',
      { [ACCEPTED]: 'issues=read; pull_requests=read' },
      'it needs the right issues: read, or pull_requests: read',
    ],
    [
      'two together',
      { [ACCEPTED]: 'contents=read,workflows=write' },
      'it needs the right contents: read and workflows: write',
    ],
    ["a classic token's scope", SCOPES, 'the token has not the scope repo'],
    ['no scope that the token lacks', { ...SCOPES, 'x-oauth-scopes': 'repo' }, undefined],
    [
      'single sign-on',
      { 'x-github-sso': 'required; url=https://github.example/sso', [ACCEPTED]: 'issues=read' },
      "authorise the token for the organization's single sign-on",
    ],
    ['nothing', {}, undefined],
    ["somebody's text", { [ACCEPTED]: 'issues=read <b>now</b>' }, undefined],
  ])('is told where GitHub names %s', (_, headers, told) => {
    expect(missingRight(headers)).toBe(told);
  });
});

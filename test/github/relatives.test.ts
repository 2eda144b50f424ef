import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/github/activity.js';
import { relativesOf } from '../../src/github/relatives.js';
import { aRemoteRepository } from '../support/remote-repository.js';

const COUNTS = { issues: 0, pulls: 0, discussions: 0, releases: 0, commitComments: 0 };
const forkOf = (parent: string): Activity => ({
  signs: new Map(),
  heads: undefined,
  counts: COUNTS,
  parent,
});
const repository = (name: string, fork = false) => aRemoteRepository({ name, fork });

describe('repositories that share objects', () => {
  it('are a fork and what it was made from, either way round, whatever they are called', () => {
    const list = [repository('acme/copy', true), repository('acme/web'), repository('acme/other')];
    const relatives = relativesOf(list, new Map([['acme/copy', forkOf('ACME/web')]]));
    expect(Object.fromEntries(relatives)).toEqual({
      'acme/copy': ['acme/web'],
      'acme/web': ['acme/copy'],
      'acme/other': [],
    });
  });

  it('are two forks of the same one, and a fork of a fork', () => {
    const list = [repository('a/web'), repository('b/web', true), repository('c/x', true)];
    const relatives = relativesOf(
      list,
      new Map([
        ['b/web', forkOf('a/web')],
        ['c/x', forkOf('b/web')],
      ]),
    );
    expect(relatives.get('c/x')).toEqual(['a/web', 'b/web']);
    expect(relatives.get('a/web')).toEqual(['b/web', 'c/x']);
  });

  it('are those of one name where GitHub tells no more than that one is a fork', () => {
    const list = [repository('b/web', true), repository('a/web'), repository('a/cobweb')];
    const relatives = relativesOf(list, new Map());
    expect(relatives.get('b/web')).toEqual(['a/web']);
    expect(relatives.get('a/cobweb')).toEqual([]);
  });

  it('are none where what it was made from is not audited', () => {
    const list = [repository('b/web', true), repository('a/web')];
    const relatives = relativesOf(list, new Map([['b/web', forkOf('stranger/web')]]));
    expect([...relatives.values()]).toEqual([[], []]);
  });
});

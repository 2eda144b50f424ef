import type { RunContext } from '../core/run-context.js';
import { headCommit } from './head.js';
import { holdsCommit } from './held-commit.js';
import { readRefFiles } from './ref-files.js';
import { splitRecords, streamGit } from './stream-git.js';

export interface Ref {
  /** `refs/heads/main` */
  readonly name: string;
  /** What it points at: a commit, or whatever a tag may name. */
  readonly id: string;
}

export interface RefsRead {
  readonly refs: readonly Ref[];
  readonly problem: string | undefined;
}

export interface References {
  /** The commit that HEAD names; undefined before the first commit. */
  readonly head: string | undefined;
  readonly refs: RefsRead;
}

/** What a repository's names lead to: from its files where they are as usual, else git is asked. */
export async function readReferences(gitDir: string, ctx: Pick<RunContext, 'signal'>): Promise<References> {
  const files = readRefFiles(gitDir);
  if (files === undefined) {
    const [head, refs] = await Promise.all([headCommit(gitDir, ctx), listRefs(gitDir, ctx)]);
    return { head, refs };
  }
  const refs = { refs: files.refs, problem: undefined };
  const isPlain = files.head === undefined || holdsCommit(gitDir, files.head) === true;
  return { head: isPlain ? files.head : await headCommit(gitDir, ctx), refs };
}

/** All refs of a repository: branches, tags, notes, stashes, pull requests, … */
export async function listRefs(gitDir: string, ctx: Pick<RunContext, 'signal'>): Promise<RefsRead> {
  const refs: Ref[] = [];
  const take = splitRecords(10, (record) => {
    const line = record.toString('utf8');
    const space = line.indexOf(' ');
    refs.push({ id: line.slice(0, space), name: line.slice(space + 1) });
  });
  const args = ['for-each-ref', '--format=%(objectname) %(refname)'];
  const { problem } = await streamGit({ gitDir, args }, take, ctx);
  return { refs, problem };
}

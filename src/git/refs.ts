import type { RunContext } from '../core/run-context.js';
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

import type { RunContext } from '../core/run-context.js';
import { splitRecords, type StreamEnd, streamGit } from './stream-git.js';

export interface CommitsListed extends StreamEnd {
  /** One id a line. */
  readonly ids: Buffer;
}

const IS_COMMIT = / commit$/;

/** The ids of all commits in a store, reachable or not; no content is read. */
export async function listCommits(gitDir: string, ctx: Pick<RunContext, 'signal'>): Promise<CommitsListed> {
  const ids: string[] = [];
  const take = splitRecords(10, (record) => {
    const line = record.toString('latin1');
    if (IS_COMMIT.test(line)) ids.push(`${line.slice(0, -' commit'.length)}\n`);
  });
  const check = '--batch-check=%(objectname) %(objecttype)';
  const args = ['cat-file', '--batch-all-objects', '--unordered', '--buffer', check];
  const { problem } = await streamGit({ gitDir, args }, take, ctx);
  return { ids: Buffer.from(ids.join('')), problem };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunContext } from '../core/run-context.js';
import { commonDirectory } from './repository.js';
import { splitRecords, streamGit } from './stream-git.js';

export interface MissingObjects {
  /** How many objects the history names and the store lacks. */
  readonly missing: number;
  /** The clone was cut off at some depth: older commits are unknown. */
  readonly isShallow: boolean;
  /** Why the history could not be walked to its end. */
  readonly problem: string | undefined;
}

/** Walks the history of all refs and counts what it names but the store does not have. Nothing is fetched. */
export async function findMissingObjects(
  gitDir: string,
  ctx: Pick<RunContext, 'signal'>,
): Promise<MissingObjects> {
  let missing = 0;
  const take = splitRecords(10, (record) => {
    if (record[0] === QUESTION_MARK) missing += 1;
  });
  const args = ['rev-list', '--objects', '--all', '--missing=print', '--no-object-names'];
  const { problem } = await streamGit({ gitDir, args }, take, ctx);
  return { missing, isShallow: existsSync(join(commonDirectory(gitDir), 'shallow')), problem };
}

const QUESTION_MARK = 63;

import type { RunContext } from '../../core/run-context.js';
import { listCommits } from '../../git/list-commits.js';
import type { MissingObjects } from '../../git/missing.js';
import { ObjectIds } from '../../git/object-ids.js';
import type { ObjectScanner } from '../object-scanner.js';
import type { ChangedRead, ReadAgain } from './read-again.js';

export interface CommitsRequest {
  readonly gitDir: string;
  readonly scanned: ObjectScanner;
  readonly again: ReadAgain;
  readonly walked: MissingObjects;
}

/** The commits that may have brought what was found, one id a line: not all of them where an earlier run knew who did. */
export async function commitsToLocate(
  { gitDir, scanned, again, walked }: CommitsRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<Uint8Array> {
  if (again.kind === 'unchanged') return linesOf(again.kept.introducers);
  const met = Buffer.concat([again.read.commitIds(), scanned.commitIds()]);
  if (again.kind === 'first') return met;
  if (mayBeOld(again, { scanned, walked })) {
    const { ids, problem } = await listCommits(gitDir, ctx);
    // What git lists before it fails is what it could tell about.
    return problem === undefined ? ids : Buffer.concat([ids, met]);
  }
  return Buffer.concat([linesOf(again.kept.introducers.within(again.ids.all)), met]);
}

/**
 * Whether a commit of an earlier run may have brought something that it was not known for: something is found for the first
 * time, or what commits consist of may have come or gone since.
 */
function mayBeOld(
  { kept, isSearchedAnew, isShrunk }: ChangedRead,
  { scanned, walked }: Pick<CommitsRequest, 'scanned' | 'walked'>,
): boolean {
  const isFoundAnew = ObjectIds.of(scanned.telling).without(kept.telling).count > 0;
  const hadHoles = kept.historyProblem !== undefined || hasHoles(kept.walked);
  return isFoundAnew || isSearchedAnew || isShrunk || hadHoles || hasHoles(walked);
}

const hasHoles = ({ missing, isShallow, problem }: MissingObjects): boolean =>
  missing > 0 || isShallow || problem !== undefined;

const linesOf = (ids: ObjectIds): Buffer =>
  Buffer.from(
    ids
      .list()
      .map((id) => `${id}\n`)
      .join(''),
  );

import { DECOYS } from './decoys.js';
import { fillerCommits } from './filler.js';
import { type CommitPlan, MAIN, type RepositoryPlan } from './plan.js';
import { PLANTED_LEAKS } from './planted-leaks.js';
import { REPOSITORY_SKETCHES, type RepositorySketch } from './repository-list.js';

/** Oldest first; of one day, in the order in which they were planned. */
const inOrder = (commits: readonly CommitPlan[]): readonly CommitPlan[] =>
  commits.toSorted((left, right) => right.ageDays - left.ageDays);

/** A commit off main starts from the last commit that main had on its day. */
function branchOff(commits: readonly CommitPlan[]): readonly CommitPlan[] {
  let tip: string | undefined;
  return commits.map((commit) => {
    if (commit.ref !== MAIN) return tip === undefined ? commit : { ...commit, from: tip };
    tip = commit.id;
    return commit;
  });
}

function withDecoys(sketch: RepositorySketch, commits: readonly CommitPlan[]): readonly CommitPlan[] {
  const decoys = DECOYS.filter((decoy) => decoy.repository === sketch.name);
  const files = Object.fromEntries(decoys.map(({ path, text }) => [path, text]));
  return commits.map((commit, index) =>
    index === 1 ? { ...commit, files: { ...commit.files, ...files } } : commit,
  );
}

function planOf(sketch: RepositorySketch): RepositoryPlan {
  const { owner, name, description, visibility, archived, fork } = sketch;
  const base = { owner, name, description, visibility, archived, fork };
  if (sketch.empty) return { ...base, commits: [], tags: [] };
  const told = PLANTED_LEAKS.filter((leak) => leak.repository === name).map((leak) => leak.told);
  const filler = withDecoys(sketch, fillerCommits(sketch));
  const commits = branchOff(inOrder([...filler, ...told.flatMap((story) => story.commits)]));
  return { ...base, commits, tags: told.flatMap((story) => story.tags) };
}

/** Every repository of the sandbox's GitHub, the organization's and a member's. */
export const REPOSITORY_PLANS: readonly RepositoryPlan[] = REPOSITORY_SKETCHES.map(planOf);

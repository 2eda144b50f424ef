import type { Person } from '../company/people.js';

/** What a repository of the sandbox is to become; a pure description, so that it is the same every time. */
export interface RepositoryPlan {
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: 'public' | 'internal' | 'private';
  readonly archived: boolean;
  readonly fork: boolean;
  /** In the order in which they are made: parents first. Empty = an empty repository. */
  readonly commits: readonly CommitPlan[];
  readonly tags: readonly TagPlan[];
}

export interface CommitPlan {
  /** Unique within the repository; names the commit for `mergeOf`, `from` and tags. */
  readonly id: string;
  /** The full ref that it is made on: `refs/heads/main`, `refs/pull/7/head`, `refs/stash`, … */
  readonly ref: string;
  /** The first parent where that is not the last commit of the same ref. */
  readonly from?: string;
  /** The second parent. */
  readonly mergeOf?: string;
  readonly by: Person;
  readonly ageDays: number;
  readonly message: string;
  /** Contents by path; `null` removes the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
}

export interface TagPlan {
  readonly name: string;
  readonly commit: string;
  readonly by: Person;
  readonly ageDays: number;
  readonly message: string;
}

export const MAIN = 'refs/heads/main';
/** Commits on this ref stay in the object store and lose their ref, as after an amended commit or a dropped stash. */
export const UNREACHABLE = 'refs/keyaudit/unreachable';

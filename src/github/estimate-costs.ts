import { compareText } from '../core/compare-text.js';
import type { GithubEntry } from './github-entry.js';
import type { RemoteRepository } from './remote-repository.js';
import { textGroups } from './text-parts.js';
import type { Token } from './token.js';

/** What a first run over an entry costs at the least: long lists have more pages, and nobody tells how many before. */
export interface Costs {
  /** To be cloned: repositories, wikis that may be there, and gists. */
  readonly clones: number;
  /** Of the repositories, as GitHub estimates them. */
  readonly cloneBytes: number;
  /** Questions to the API, by what they ask for; in the order of their names. */
  readonly requests: readonly { readonly part: string; readonly count: number }[];
}

export interface CostsRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly repositories: readonly RemoteRepository[];
}

/** Worked out from the lists alone; sends nothing. */
export function estimateCosts({ entry, token, repositories }: CostsRequest): Costs {
  const groups = textGroups({ entry, token, repositories, organizations: entry.orgs });
  const counts = new Map<string, number>();
  for (const { part } of groups.flatMap(({ parts }) => parts)) counts.set(part, (counts.get(part) ?? 0) + 1);
  const wikis = entry.include.wikis ? repositories.filter(({ hasWiki }) => hasWiki).length : 0;
  return {
    clones: repositories.length + wikis,
    cloneBytes: repositories.reduce((sum, { sizeKib }) => sum + sizeKib * 1024, 0),
    requests: [...counts]
      .map(([part, count]) => ({ part, count }))
      .toSorted((left, right) => compareText(left.part, right.part)),
  };
}

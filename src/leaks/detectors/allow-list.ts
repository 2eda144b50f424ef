import { linearPattern } from './linear-pattern.js';

/** What a rule of the user's own takes for harmless. Data alone, so that threads can be sent it. */
export interface AllowList {
  /** What `patterns` are tried on. */
  readonly target: 'secret' | 'match' | 'line';
  readonly patterns: readonly string[];
  /** In lower case; looked for in the secret. */
  readonly stopwords: readonly string[];
  /** Whether a pattern and a stopword must both be there. */
  readonly needsAll: boolean;
}

/** The texts that an {@link AllowList} may look at. */
export type Matched = Readonly<Record<AllowList['target'], string>>;

export const isAllowed = (lists: readonly AllowList[], matched: Matched): boolean =>
  lists.some(({ target, patterns, stopwords, needsAll }) => {
    const checks = [
      ...(patterns.length === 0 ? [] : [patterns.some((one) => linearPattern(one).test(matched[target]))]),
      ...(stopwords.length === 0
        ? []
        : [stopwords.some((word) => matched.secret.toLowerCase().includes(word))]),
    ];
    return checks.length > 0 && (needsAll ? checks.every(Boolean) : checks.some(Boolean));
  });

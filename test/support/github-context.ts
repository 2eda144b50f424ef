import type { GithubContext } from '../../src/github/github-context.js';
import { githubEntrySchema, type GithubEntry } from '../../src/github/github-entry.js';
import { HttpSession } from '../../src/http/session.js';
import { testContext } from './collect-context.js';

export type GithubTestContext = GithubContext & { readonly notes: string[]; readonly session: HttpSession };

export function githubContext(signal = new AbortController().signal): GithubTestContext {
  const context = testContext({}, { signal });
  return { ...context, session: new HttpSession({ ...context }) };
}

/** An entry of the configuration, as checked. */
export const githubEntry = (written: Readonly<Record<string, unknown>>): GithubEntry =>
  githubEntrySchema.parse(written);

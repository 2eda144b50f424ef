import { fakeKey } from '../fake-keys.js';
import { afterScheme, basicCredentials } from '../server/credentials-of.js';
import type { Exchange } from '../server/exchange.js';

/** The token that the demo uses: it may read everything of the organization. */
export const GITHUB_TOKEN = fakeKey('github', 'auditor');

/** A token that may read code and nothing around it. */
export const GITHUB_CODE_TOKEN = fakeKey('github', 'code-only');

export interface GithubCaller {
  readonly login: string;
  readonly seesPrivate: boolean;
  /** Issues, pull requests, variables, and whatever else has a right of its own. */
  readonly seesTexts: boolean;
}

const NOBODY: GithubCaller = { login: '', seesPrivate: false, seesTexts: true };
const AUDITOR: GithubCaller = { login: 'keyaudit-bot', seesPrivate: true, seesTexts: true };
const READER: GithubCaller = { login: 'keyaudit-reader', seesPrivate: true, seesTexts: false };

/** Without a credential a caller sees what is public; with a wrong one, nothing. */
export function githubCaller(exchange: Exchange): GithubCaller | 401 {
  const header = exchange.request.headers.authorization;
  if (header === undefined) return NOBODY;
  // The API takes either scheme word; git sends the token as a Basic password.
  const token =
    afterScheme(header, 'token') ?? afterScheme(header, 'bearer') ?? basicCredentials(exchange)?.password;
  if (token === GITHUB_CODE_TOKEN) return READER;
  return token === GITHUB_TOKEN ? AUDITOR : 401;
}

import { fakeKey } from '../fake-keys.js';
import { afterScheme, basicCredentials } from '../server/credentials-of.js';
import type { Exchange } from '../server/exchange.js';

/** The token that the demo uses: it may read everything of the organization. */
export const GITHUB_TOKEN = fakeKey('github', 'auditor');

export interface GithubCaller {
  readonly login: string;
  readonly seesPrivate: boolean;
}

const NOBODY: GithubCaller = { login: '', seesPrivate: false };
const AUDITOR: GithubCaller = { login: 'keyaudit-bot', seesPrivate: true };

/** Without a credential a caller sees what is public; with a wrong one, nothing. */
export function githubCaller(exchange: Exchange): GithubCaller | 401 {
  const header = exchange.request.headers.authorization;
  if (header === undefined) return NOBODY;
  // The API takes either scheme word; git sends the token as a Basic password.
  const token =
    afterScheme(header, 'token') ?? afterScheme(header, 'bearer') ?? basicCredentials(exchange)?.password;
  return token === GITHUB_TOKEN ? AUDITOR : 401;
}

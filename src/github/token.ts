import type { Secret } from '../core/secret.js';

/** A token that is the same for the whole run, or one that is made anew before it expires. None: only what is public is seen. */
export type Token = Secret | (() => Promise<Secret>) | undefined;

export const currentToken = async (token: Token): Promise<Secret | undefined> =>
  typeof token === 'function' ? token() : token;

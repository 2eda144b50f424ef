import { z } from 'zod';
import { instantToMs, parseInstant } from '../core/instant.js';
import { Secret } from '../core/secret.js';
import { authorizationHeader } from '../http/authorization.js';
import { boundedFetch } from './bounded-fetch.js';
import type { GithubContext } from './github-context.js';
import { GithubFault } from './github-fault.js';

/** A GitHub App, as it is installed at an organization or user. */
export interface AppInstallation {
  readonly apiUrl: string;
  /** The app's id, or its client id. */
  readonly appId: string;
  readonly installationId: number;
  /** PEM. */
  readonly privateKey: Secret;
  /** Told each token before it is used. */
  readonly protect: (secrets: readonly Secret[]) => void;
}

/** GitHub takes statements of at most ten minutes, and lets clocks differ by one. */
const STATEMENT_SECONDS = 540;
const CLOCK_SECONDS = 60;
/** Tokens live for an hour; one that is used has this much left, which is more than any request takes. */
const SPARE_MS = 300_000;

const schema = z.object({
  token: z.string().regex(/^[\x21-\x7e]{1,1000}$/),
  expires_at: z.string().max(40),
});

/** The installation's token, made at the first need and again before it expires. */
export function installationToken(app: AppInstallation, ctx: GithubContext): () => Promise<Secret> {
  let held: Promise<HeldToken> | undefined;
  return async () => {
    const before = await held;
    if (before !== undefined && ctx.clock.now() < before.expiresAtMs - SPARE_MS) return before.token;
    const made = makeToken(app, ctx);
    held = made;
    made.catch(() => (held = undefined));
    return (await made).token;
  };
}

interface HeldToken {
  readonly token: Secret;
  readonly expiresAtMs: number;
}

async function makeToken(app: AppInstallation, ctx: GithubContext): Promise<HeldToken> {
  const nowSeconds = Math.floor(ctx.clock.now() / 1_000);
  const { apiUrl, appId: iss, installationId, privateKey: secret } = app;
  const claims = { iss, iat: nowSeconds - CLOCK_SECONDS, exp: nowSeconds + STATEMENT_SECONDS };
  const send = boundedFetch(
    {
      origin: new URL(apiUrl).origin,
      authorization: () => Promise.resolve(authorizationHeader({ scheme: 'signed', claims, secret })),
    },
    ctx,
  );
  const headers = { accept: 'application/vnd.github+json', 'user-agent': 'keyaudit' };
  const answer = await send(`${apiUrl}/app/installations/${installationId}/access_tokens`, {
    method: 'POST',
    headers,
  });
  if (answer.status !== 201) throw new GithubFault('no-installation');
  const { data } = schema.safeParse(await answer.json().catch(() => undefined));
  const expiresAt = data === undefined ? undefined : parseInstant(data.expires_at);
  if (data === undefined || expiresAt === undefined) throw new GithubFault('malformed');
  const token = Secret.of(data.token);
  app.protect([token]);
  return { token, expiresAtMs: instantToMs(expiresAt) };
}

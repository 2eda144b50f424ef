import { AuditError } from '../core/errors/audit-error.js';
import { resolveCredential, resolvePrivateKey } from '../credentials/resolve-credential.js';
import type { GithubContext } from '../github/github-context.js';
import type { GithubEntry } from '../github/github-entry.js';
import { installationToken } from '../github/installation-token.js';
import type { Token } from '../github/token.js';
import type { Shell } from './shell.js';

/** What the entry asks GitHub with; its credential is read now, so that a missing one is told before anything is asked. */
export async function tokenOf(
  entry: Pick<GithubEntry, 'apiUrl' | 'token' | 'app'>,
  ctx: GithubContext,
  shell: Shell,
): Promise<Token | AuditError> {
  const { apiUrl, token, app } = entry;
  const { env, protect } = shell;
  try {
    if (app !== undefined) {
      const privateKey = await resolvePrivateKey(app.privateKey, env, shell);
      protect([privateKey]);
      return installationToken(
        { apiUrl, appId: app.id, installationId: app.installationId, privateKey, protect },
        ctx,
      );
    }
    if (token === undefined) return undefined;
    const secret = await resolveCredential(token, env, shell);
    protect([secret]);
    return secret;
  } catch (error) {
    if (error instanceof AuditError && error.exitCode !== 130) return error;
    throw error;
  }
}

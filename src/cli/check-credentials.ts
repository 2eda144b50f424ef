import type { Config } from '../config/config.js';
import type { Check } from '../core/check.js';
import { type Credential, CredentialError } from '../credentials/credential.js';
import { resolveCredential } from '../credentials/resolve-credential.js';
import type { Shell } from './shell.js';

type Source = Config['sources'][number];

/** Every credential of the sources that cannot be had; the values of the others are only protected. */
export async function checkCredentials(sources: readonly Source[], shell: Shell): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const source of sources) {
    for (const credential of credentialsOf(source))
      checks.push(...(await check(source.id, credential, shell)));
  }
  return checks;
}

const credentialsOf = (source: Source): readonly Credential[] =>
  'keys' in source ? source.keys.flatMap(({ credential }) => credential ?? []) : [source.credential];

async function check(about: string, credential: Credential, shell: Shell): Promise<readonly Check[]> {
  try {
    shell.protect([await resolveCredential(credential, shell.env, shell)]);
    return [];
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    return [{ level: 'fail', about, found: error.message, next: error.hint ?? '', fault: 'configuration' }];
  }
}

import { Secret } from '../core/secret.js';
import { ProcessError } from '../process/process-error.js';
import { runProcess } from '../process/run.js';
import { type Credential, CredentialError, credentialTitle } from './credential.js';
import { MAX_CREDENTIAL_BYTES, readPrivateFile } from './private-file.js';

/** A password manager that must ask somebody is of no use to an unattended audit. */
const COMMAND_TIMEOUT_MS = 10_000;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a credential from where the configuration says. One trailing line break is not part of it.
 * @throws CredentialError when it is absent, empty, too long, readable by others or not one line of printable ASCII.
 */
export async function resolveCredential(
  credential: Credential,
  env: Environment,
  ctx: { readonly signal: AbortSignal },
): Promise<Secret> {
  const title = credentialTitle(credential);
  const raw = await readRaw(credential, env, ctx);
  const value = raw.replace(/\r?\n$/, '');
  if (value === '') {
    throw new CredentialError(`${title} is empty`, { hint: 'Put the key there, as the only text.' });
  }
  // A header cannot carry anything else, and two lines are usually a whole file of settings.
  if (value.length > MAX_CREDENTIAL_BYTES || !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    const hint =
      'It must hold the key alone: one line of printable ASCII, without quotes or a variable name.';
    throw new CredentialError(`${title} does not hold a usable key`, { hint });
  }
  return Secret.of(value);
}

const PEM = /^-----BEGIN (?:RSA )?PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+\n-----END (?:RSA )?PRIVATE KEY-----$/;

/**
 * Reads a private key in PEM from where the configuration says. In an environment variable its lines may be divided by `\\n`.
 * @throws CredentialError when it is absent, too long, readable by others or no such key.
 */
export async function resolvePrivateKey(
  credential: Credential,
  env: Environment,
  ctx: { readonly signal: AbortSignal },
): Promise<Secret> {
  const raw = await readRaw(credential, env, ctx);
  const text = raw.replaceAll('\\n', '\n').replaceAll('\r\n', '\n').trim();
  if (text.length <= MAX_CREDENTIAL_BYTES && PEM.test(text)) return Secret.of(`${text}\n`);
  throw new CredentialError(`${credentialTitle(credential)} does not hold a private key`, {
    hint: 'It must hold the PEM file that GitHub gave for the app, whole and alone.',
  });
}

async function readRaw(
  credential: Credential,
  env: Environment,
  ctx: { readonly signal: AbortSignal },
): Promise<string> {
  if ('file' in credential) return readPrivateFile(credential.file);
  if ('command' in credential) return readCommand(credential.command, env, ctx);
  const value = env[credential.env];
  if (value !== undefined) return value;
  const hint = `Set it for this run, or name another place in the configuration's \`credential\`.`;
  throw new CredentialError(`environment variable ${credential.env} is not set`, { hint });
}

async function readCommand(
  [command = '', ...args]: readonly string[],
  env: Environment,
  ctx: { readonly signal: AbortSignal },
): Promise<string> {
  const request = {
    command,
    args,
    env: defined(env),
    timeoutMs: COMMAND_TIMEOUT_MS,
    maxOutputBytes: MAX_CREDENTIAL_BYTES,
  };
  const output = await runProcess(request, ctx).catch((error: unknown) => {
    if (!(error instanceof ProcessError)) throw error;
    const hint = error.hint ?? `It must print the key and end within ${COMMAND_TIMEOUT_MS / 1000} seconds.`;
    throw new CredentialError(`credential command: ${error.message}`, { hint });
  });
  if (output.code === 0) return output.stdout.toString('utf8');
  // What it complained about stays unsaid: it may hold the key.
  const hint = 'Run it by hand to see why; it may need a login first.';
  throw new CredentialError(`credential command ${command} ended with exit code ${output.code}`, { hint });
}

/** Password managers need the user's environment (home folder, session), so all of it is passed on. */
function defined(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) kept[name] = value;
  return kept;
}

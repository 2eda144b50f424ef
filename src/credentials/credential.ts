import { z } from 'zod';
import { ConfigError } from '../core/errors/audit-error.js';

/** Where a secret is to be found; the configuration never holds the secret itself. */
export const credentialSchema = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/) }),
    z.strictObject({ file: z.string().min(1).max(4096) }),
    z.strictObject({ command: z.array(z.string().min(1).max(4096)).min(1).max(64) }),
  ],
  { error: 'expected one of { env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENT, …] }' },
);

export type Credential = z.output<typeof credentialSchema>;

/** A credential that cannot be had. Neither message nor hint holds any part of what was read. */
export class CredentialError extends ConfigError {}

/** How people recognise a credential in a message: where it is read from, never what was read. */
export function credentialTitle(credential: Credential): string {
  if ('env' in credential) return `environment variable ${credential.env}`;
  if ('file' in credential) return `credential file ${credential.file}`;
  return `credential command ${credential.command[0] ?? ''}`;
}

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CredentialError } from './credential.js';

/** Far above any key; far below a file that was named by mistake. */
export const MAX_CREDENTIAL_BYTES = 8192;
/** Any right of the group or of others. */
const OTHERS = 0o077;

/**
 * Reads a small file that only its owner can read.
 * @throws CredentialError otherwise, and when it is no ordinary file.
 */
export async function readPrivateFile(path: string): Promise<string> {
  // Not blocking: a named pipe in its place must not hang the audit.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const hint = 'Check the path (relative paths start at the working folder) and its rights.';
    throw new CredentialError(`credential file ${path} cannot be read: ${code}`, { hint });
  });
  try {
    await refuseUnsafe(path, file);
    const buffer = Buffer.alloc(MAX_CREDENTIAL_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Asks the open file, not the path, so that nothing can be exchanged in between. */
async function refuseUnsafe(path: string, file: FileHandle): Promise<void> {
  const stat = await file.stat();
  if (!stat.isFile()) throw new CredentialError(`credential file ${path} is not an ordinary file`);
  if (process.platform !== 'win32' && (stat.mode & OTHERS) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(3, '0');
    const message = `credential file ${path} is open to other users (mode ${mode})`;
    throw new CredentialError(message, {
      hint: `chmod 600 ${path}, and replace the key if others could read it.`,
    });
  }
  if (stat.size > MAX_CREDENTIAL_BYTES) {
    const message = `credential file ${path} has ${stat.size} bytes; a key has at most ${MAX_CREDENTIAL_BYTES}`;
    throw new CredentialError(message, { hint: 'Name a file that holds the key alone.' });
  }
}

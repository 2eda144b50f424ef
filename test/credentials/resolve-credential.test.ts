import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CredentialError, credentialSchema } from '../../src/credentials/credential.js';
import { resolveCredential, resolvePrivateKey } from '../../src/credentials/resolve-credential.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const key = fakeKey('vidbeo', 'credential');
const never = { signal: new AbortController().signal };
const folder = mkdtempSync(join(tmpdir(), 'keyaudit-credential-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(content: string, mode = 0o600): { file: string } {
  const file = join(folder, `${content.length}-${mode.toString(8)}`);
  writeFileSync(file, content);
  chmodSync(file, mode);
  return { file };
}

const nodeCommand = (script: string) => ({ command: [process.execPath, '-e', script] });

describe('resolveCredential', () => {
  it.each([
    ['an environment variable', { env: 'THE_KEY' }],
    ['a private file', fileWith(key)],
    ['a private file that ends with a line break', fileWith(`${key}\n`)],
    ['a private file written on Windows', fileWith(`${key}\r\n`)],
    ['a file that even its owner may only read', fileWith(key, 0o400)],
    ['a command', nodeCommand('console.log(process.env.THE_KEY)')],
  ])('reads the key from %s', async (_name, credential) => {
    const secret = await resolveCredential(credential, { THE_KEY: key }, never);
    expect(secret.reveal()).toBe(key);
  });

  it.each([
    ['a variable that is not set', { env: 'NOT_SET' }, 'environment variable NOT_SET is not set'],
    ['a variable that is empty', { env: 'EMPTY' }, 'is empty'],
    ['a file that is not there', { file: join(folder, 'none') }, 'cannot be read: ENOENT'],
    ['a folder', { file: folder }, 'not an ordinary file'],
    ['a file that the group can read', fileWith(key, 0o640), 'open to other users (mode 640)'],
    ['a file that everybody can read', fileWith(key, 0o604), 'open to other users (mode 604)'],
    ['a file of only a line break', fileWith('\n'), 'is empty'],
    ['a file of two lines', fileWith(`${key}\n${key}\n`), 'does not hold a usable key'],
    ['a file that is too long', fileWith(key.repeat(300)), 'a key has at most 8192'],
    ['a command that fails', nodeCommand(`console.log('${key}'); process.exit(4)`), 'ended with exit code 4'],
    ['a command that complains', nodeCommand(`console.error('${key}'); process.exit(1)`), 'exit code 1'],
    ['a command that is not there', { command: ['no-such-program'] }, 'cannot start no-such-program: ENOENT'],
    [
      'a command that never stops',
      nodeCommand(`for (;;) console.log('${key}')`),
      'wrote more than 8192 bytes',
    ],
    ['a command that prints accents', nodeCommand("console.log('clé')"), 'does not hold a usable key'],
  ])('refuses %s, and never repeats the key', async (_name, credential, message) => {
    const running = resolveCredential(credential, { EMPTY: '' }, never);
    const error = await running.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CredentialError);
    expect(String(error)).toContain(message);
    const shown =
      error instanceof CredentialError ? `${error.stack} ${error.hint} ${String(error.cause)}` : '';
    expect(shown).not.toContain(key);
  });
});

describe('resolvePrivateKey', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs1',
    format: 'pem',
  }) as string;

  it.each([
    ['a file', fileWith(pem), {}],
    ['a file written on Windows', fileWith(pem.replaceAll('\n', '\r\n'), 0o400), {}],
    ['a variable', { env: 'PEM' }, { PEM: pem }],
    ['a variable on one line', { env: 'PEM' }, { PEM: pem.replaceAll('\n', '\\n') }],
  ])('reads a key of several lines from %s', async (_name, credential, env) => {
    expect((await resolvePrivateKey(credential, env, never)).reveal()).toBe(pem);
  });

  it.each([
    ['one line', key],
    ['a public key', pem.replaceAll('PRIVATE', 'PUBLIC')],
    ['a key with a text before it', `x\n${pem}`],
  ])('refuses %s, and never repeats it', async (_name, text) => {
    const running = resolvePrivateKey({ env: 'PEM' }, { PEM: text }, never);
    const error = await running.catch((caught: unknown) => caught);
    expect(String(error)).toBe('CredentialError: environment variable PEM does not hold a private key');
  });
});

describe('credentialSchema', () => {
  it.each([
    ['a literal key', key],
    ['an empty command', { command: [] }],
    ['two places at once', { env: 'A', file: 'b' }],
    ['a variable name that no shell could set', { env: 'A-B' }],
    ['an unknown place', { vault: 'x' }],
  ])('refuses %s without repeating it', (_name, written) => {
    const result = credentialSchema.safeParse(written);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).not.toContain(key);
  });
});

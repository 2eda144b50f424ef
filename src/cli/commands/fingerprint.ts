import { UsageError } from '../../core/errors/audit-error.js';
import { Secret } from '../../core/secret.js';
import type { Command } from '../command.js';
import { pepperOf } from '../pepper.js';

/** Reads a key from standard input and prints what identifies it without revealing it. */
export const fingerprintCommand: Command = {
  name: 'fingerprint',
  summary: 'read a key from standard input, print its fingerprint for the configuration',
  maxArgs: 0,
  flags: [],
  examples: [
    ['keyaudit fingerprint < key.txt', 'never type a key into the command line: others can see it there'],
    ['op read op://vault/c3d/key | keyaudit fingerprint', 'straight from a password manager'],
  ],
  async run(_invocation, shell) {
    const value = (await shell.readInput()).replace(/\r?\n$/, '');
    if (value === '' || /\s/.test(value)) {
      throw new UsageError('expected one key on standard input, and nothing else', {
        hint: 'keyaudit fingerprint < file-with-the-key',
      });
    }
    const secret = Secret.of(value);
    shell.protect([secret]);
    shell.print(secret.fingerprint(pepperOf(shell.env)));
    return 0;
  },
};

import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { FLAGS } from '../../src/cli/flags.js';
import { run } from '../../src/cli/run.js';
import { ConfigError } from '../../src/core/errors/audit-error.js';
import { Secret } from '../../src/core/secret.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { runCommand } from '../support/demo.js';
import { createTestShell } from '../support/test-shell.js';

const failing = (error: unknown): Command => ({
  name: 'fail',
  summary: 'fails',
  maxArgs: 0,
  flags: [],
  examples: [],
  run: async () => {
    throw error;
  },
});

describe('run', () => {
  it('shows an error that a user can cause with its next step, without a stack', async () => {
    const shell = await createTestShell();
    const code = await run(
      ['fail'],
      [failing(new ConfigError('the file is not there', { hint: 'write one' }))],
      shell,
    );
    expect([code, shell.said.err]).toEqual([2, 'keyaudit: the file is not there\n  help: write one\n']);
    await shell.clean();
  });

  it('calls anything else a bug, and says where', async () => {
    const shell = await createTestShell();
    expect(await run(['fail'], [failing(new TypeError('oh'))], shell)).toBe(70);
    expect(shell.said.err).toMatch(/a bug in keyaudit[\s\S]*TypeError: oh\n\s+at /);
    await shell.clean();
  });

  it('never shows a known secret, even in the stack of a bug', async () => {
    const shell = await createTestShell();
    const key = fakeKey('api-video', 'in a stack');
    shell.protect([Secret.of(key)]);
    await run(
      ['fail'],
      [failing(new TypeError(`cannot read ${key} of ${Buffer.from(key).toString('base64')}`))],
      shell,
    );
    expect(shell.said.err).toContain('[redacted]');
    expect(shell.said.err).not.toContain(key.slice(0, 12));
    expect(shell.said.err).not.toContain(Buffer.from(key).toString('base64').slice(0, 12));
    await shell.clean();
  });

  it('ends with 130 when it was interrupted, whatever error that made', async () => {
    const shell = await createTestShell();
    shell.interrupt();
    expect(await run(['fail'], [failing(new TypeError('aborted'))], shell)).toBe(130);
    await shell.clean();
  });

  it.each([
    [[], 2, 'out', 'Usage: keyaudit COMMAND'],
    [['--help'], 0, 'out', 'Usage: keyaudit COMMAND'],
    [['--version'], 0, 'out', 'keyaudit 0.'],
    [['audit', '--help'], 0, 'out', 'Exit codes:'],
    [['adit'], 2, 'err', 'did you mean keyaudit audit?'],
    [['audit'], 2, 'err', 'keyaudit init'],
    [['audit', '--as-of', 'yesterday'], 2, 'err', 'audit.config.yaml'],
    [['collect'], 2, 'err', '--out FILE'],
    [['leaks'], 2, 'err', 'no repository is named'],
    [['rules', 'explain', 'key-to-old'], 2, 'err', 'did you mean key-too-old?'],
    [['rules', 'test'], 0, 'out', '0 failed'],
  ] as const)('keyaudit %j ends with %i', async (argv, expected, stream, text) => {
    const { shell, code } = await runCommand(argv);
    expect(code).toBe(expected);
    expect(shell.said[stream]).toContain(text);
    await shell.clean();
  });
});

describe('fingerprint', () => {
  it('reads a key from standard input and shows what identifies it, not the key', async () => {
    const key = fakeKey('cognitive3d', 'to be declared');
    const { shell, code } = await runCommand(['fingerprint'], { input: `${key}\n` });
    expect([code, shell.said.out]).toEqual([0, `${Secret.of(key).fingerprint()}\n`]);
    await shell.clean();
  });

  it('is keyed by KEYAUDIT_PEPPER', async () => {
    const key = fakeKey('cognitive3d', 'to be declared');
    const { shell } = await runCommand(['fingerprint'], { input: key, env: { KEYAUDIT_PEPPER: 'salt' } });
    expect(shell.said.out).toBe(`${Secret.of(key).fingerprint(Secret.of('salt'))}\n`);
    await shell.clean();
  });

  it.each(['', '\n', 'two words', 'two\nlines'])('refuses %j', async (input) => {
    const { shell, code } = await runCommand(['fingerprint'], { input });
    expect(code).toBe(2);
    await shell.clean();
  });
});

describe('every command', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    '%s: has a help that ends with examples and exit codes',
    async (name, command) => {
      const { shell, code } = await runCommand([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(shell.said.out).toMatch(/Examples:[\s\S]*keyaudit [\s\S]*Exit codes:[\s\S]*130/);
      for (const flag of command.flags) expect(Object.keys(FLAGS)).toContain(flag);
      for (const [line] of command.examples) expect(line).toContain('keyaudit ');
      await shell.clean();
    },
  );
});

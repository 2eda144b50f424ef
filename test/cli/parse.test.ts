import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.js';
import { findCommand, parseInvocation } from '../../src/cli/parse.js';
import { UsageError } from '../../src/core/errors/audit-error.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const command = (name: string, more: Partial<Command> = {}): Command => ({
  name,
  summary: 'does something',
  maxArgs: 1,
  flags: ['config', 'fail-on', 'force'],
  examples: [],
  run: async () => 0,
  ...more,
});
const audit = command('audit');
const commands = [audit, command('rules list'), command('rules explain', { minArgs: 1 })];

function refusal(act: () => unknown): UsageError {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('findCommand', () => {
  it('takes one word or two', () => {
    expect(findCommand(['audit', '--force'], commands)).toEqual({ command: audit, rest: ['--force'] });
    expect(findCommand(['rules', 'explain', 'x'], commands)).toMatchObject({
      command: { name: 'rules explain' },
      rest: ['x'],
    });
  });

  it.each([
    [['adit'], undefined, 'did you mean keyaudit audit?'],
    [['frobnicate'], undefined, 'keyaudit --help lists the commands'],
    [['rules'], 'rules list, rules explain', undefined],
  ])('refuses %j and says what to do', (argv, message, hint) => {
    const error = refusal(() => findCommand(argv, commands));
    if (message !== undefined) expect(error.message).toContain(message);
    expect(error.hint).toBe(hint);
  });
});

describe('parseInvocation', () => {
  it('takes values behind a space or an equals sign, switches and arguments', () => {
    expect(parseInvocation(audit, ['--config', 'a.yaml', '--fail-on=low', '--force', 'x'])).toEqual({
      flags: { config: 'a.yaml', 'fail-on': 'low', force: true },
      args: ['x'],
    });
  });

  it('takes what stands behind -- as arguments', () => {
    expect(parseInvocation(audit, ['--', '--config']).args).toEqual(['--config']);
  });

  it.each([
    ['an unknown option', ['--confg', 'x'], /unknown option/],
    ['an option without its value', ['--config'], /--config needs a value/],
    ['an option with an empty value', ['--config='], /--config needs a value/],
    ['a switch with a value', ['--force=yes'], /--force takes no value/],
    ['a value outside of the choices', ['--fail-on', 'awful'], /expected one of critical, high/],
    ['too many arguments', ['a', 'b'], /at most 1/],
  ])('refuses %s', (_case, rest, expected) => {
    expect(refusal(() => parseInvocation(audit, rest)).message).toMatch(expected);
  });

  it('refuses a missing argument, unless help is asked for', () => {
    const explain = command('rules explain', { minArgs: 1, args: 'ID' });
    expect(refusal(() => parseInvocation(explain, [])).message).toContain('needs ID');
    expect(parseInvocation(explain, ['--help']).flags).toEqual({ help: true });
  });

  it('never repeats what was typed: it might be a key', () => {
    const key = fakeKey('api-video', 'typed');
    for (const rest of [[`--${key}`], [`--fail-on=${key}`], [`--force=${key}`], [key, key]]) {
      const error = refusal(() => parseInvocation(audit, rest));
      expect(`${error.message} ${error.hint ?? ''}`).not.toContain(key.slice(0, 10));
    }
    expect(refusal(() => findCommand([key], commands)).message).not.toContain(key.slice(0, 10));
  });
});

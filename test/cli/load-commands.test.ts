import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { loadCommands } from '../../src/cli/commands/load-commands.js';

describe('loadCommands', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))('finds %s', async (name, command) => {
    expect(await loadCommands(name.split(' ')[0])).toContain(command);
  });

  it.each([[undefined], ['--help'], ['leak'], ['toString']])(
    'answers with all commands to %s',
    async (word) => {
      expect(await loadCommands(word)).toBe(COMMANDS);
    },
  );
});

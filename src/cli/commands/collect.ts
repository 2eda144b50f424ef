import { UsageError } from '../../core/errors/audit-error.js';
import { resolve } from 'node:path';
import { isComplete } from '../../core/coverage.js';
import { collectInventory } from '../../inventory/collect.js';
import { writeInventory } from '../../inventory/record.js';
import { type Command, switchedOn, textFlag } from '../command.js';
import { coverageLines } from '../coverage-lines.js';
import { loadSetup } from '../load-config.js';
import { pepperOf } from '../pepper.js';

export const collectCommand: Command = {
  name: 'collect',
  summary: 'record the inventory as JSON, without any key value, with what could not be read',
  maxArgs: 0,
  flags: ['config', 'out'],
  examples: [
    ['keyaudit collect --out keys.json', 'then, as often as you like: keyaudit audit --inventory keys.json'],
  ],
  async run(invocation, shell) {
    const path = textFlag(invocation, 'out');
    if (path === undefined) throw new UsageError('keyaudit collect needs --out FILE');
    const { config } = await loadSetup(invocation, shell);
    const pepper = pepperOf(shell.env);
    const { signal, clock, progress, env } = shell;
    const context = { signal, clock, progress, env, ...(pepper === undefined ? {} : { pepper }) };
    const { inventory, ring, stats } = await collectInventory(config.sources, context);
    shell.protect(ring.entries().map(({ secret }) => secret));
    await shell.writeFile(resolve(shell.cwd, path), writeInventory(inventory));
    if (!switchedOn(invocation, 'quiet')) {
      for (const line of coverageLines(inventory.coverage, stats)) shell.warn(line);
      shell.warn(`${inventory.keys.length} keys of ${config.sources.length} sources recorded in ${path}`);
    }
    return isComplete(inventory.coverage) || config.gate.incomplete === 'warn' ? 0 : 3;
  },
};

import { resolve } from 'node:path';
import type { Config } from '../../config/config.js';
import { isComplete } from '../../core/coverage.js';
import { UsageError } from '../../core/errors/audit-error.js';
import { type CollectedInventory, collectInventory } from '../../inventory/collect.js';
import { inventoryPieces } from '../../inventory/record.js';
import { type Command, switchedOn, textFlag } from '../command.js';
import { coverageLines } from '../coverage-lines.js';
import { loadConfig } from '../load-config.js';
import { pepperOf } from '../pepper.js';
import { openRegister } from '../register-file.js';
import type { Shell } from '../shell.js';

export const collectCommand: Command = {
  name: 'collect',
  summary: 'record the inventory as JSON, without any key value, with what could not be read',
  maxArgs: 0,
  flags: ['config', 'out', 'write-register'],
  examples: [
    ['keyaudit collect --out keys.json', 'then, as often as you like: keyaudit audit --inventory keys.json'],
    ['keyaudit collect --write-register', 'add new keys to the key register, to be annotated by people'],
  ],
  async run(invocation, shell) {
    const path = textFlag(invocation, 'out');
    const writesRegister = switchedOn(invocation, 'write-register');
    if (path === undefined && !writesRegister) {
      throw new UsageError('keyaudit collect needs --out FILE, --write-register, or both');
    }
    const config = await loadConfig(invocation, shell);
    const register = writesRegister ? await openRegister(config, shell) : undefined;
    const { inventory, stats } = await collect(config, shell);
    const told = [...coverageLines(inventory.coverage, stats)];
    if (path !== undefined) {
      await shell.writeFile(resolve(shell.cwd, path), inventoryPieces(inventory));
      told.push(`${inventory.keys.length} keys of ${config.sources.length} sources recorded in ${path}`);
    }
    told.push(...((await register?.add(inventory.keys)) ?? []));
    if (!switchedOn(invocation, 'quiet')) for (const line of told) shell.warn(line);
    return isComplete(inventory.coverage) || config.gate.incomplete === 'warn' ? 0 : 3;
  },
};

async function collect({ sources }: Config, shell: Shell): Promise<CollectedInventory> {
  const pepper = pepperOf(shell.env);
  const { signal, clock, progress, env } = shell;
  const context = { signal, clock, progress, env, ...(pepper === undefined ? {} : { pepper }) };
  const collected = await collectInventory(sources, context);
  shell.protect(collected.ring.entries().map(({ secret }) => secret));
  return collected;
}

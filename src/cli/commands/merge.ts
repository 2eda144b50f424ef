import { auditAndTell } from '../audit-and-tell.js';
import { auditOptions } from '../audit-options.js';
import type { Command } from '../command.js';
import { findShards } from '../find-shards.js';
import { loadSetup } from '../load-config.js';
import { runMerge } from '../run-merge.js';

export const mergeCommand: Command = {
  name: 'merge',
  summary: 'join what the shards of an audit saw into one result, with all its reports and one gate',
  args: 'DIR …',
  minArgs: 1,
  maxArgs: 1_000,
  flags: ['config', 'out', 'format', 'cache-dir', 'as-of', 'until', 'baseline', 'new-only', 'fail-on'],
  examples: [
    ['keyaudit audit --shard 2/8 --out shards/2', 'on each of eight machines, with its own number'],
    ['keyaudit merge shards', 'then, on one: all folders in it; a missing shard makes it incomplete'],
  ],
  async run(invocation, shell) {
    const asked = await auditOptions(invocation, await loadSetup(invocation, shell), shell);
    const records = await findShards(invocation.args, shell);
    return auditAndTell({ invocation, asked, run: (options) => runMerge(records, options, shell) }, shell);
  },
};

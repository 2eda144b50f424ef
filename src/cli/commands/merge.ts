import { auditAndTell } from '../audit-and-tell.js';
import { auditOptions, cacheOf } from '../audit-options.js';
import type { Command } from '../command.js';
import { findShards } from '../find-shards.js';
import { loadSetup } from '../load-config.js';
import { runMerge } from '../run-merge.js';
import { compareText } from '../../core/compare-text.js';
import type { Instant } from '../../core/instant.js';
import type { ShardRecord } from '../../shards/shard-record.js';

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
    const [before = asked.asOf] = records.map(collectedAt).toSorted(compareText);
    // What was kept after the shards began, by an earlier merge of them, is not earlier.
    const cache = await cacheOf(invocation, { before, readOnly: false }, shell);
    return auditAndTell(
      { invocation, asked: { ...asked, cache }, run: (options) => runMerge(records, options, shell) },
      shell,
    );
  },
};

const collectedAt = ({ sightings }: ShardRecord): Instant => sightings.inventory.collectedAt;

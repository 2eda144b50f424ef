import { auditAndTell } from '../audit-and-tell.js';
import { type AuditOptions, auditOptions, cacheOf } from '../audit-options.js';
import type { Command } from '../command.js';
import { findShards } from '../find-shards.js';
import { loadSetup } from '../load-config.js';
import { runMerge } from '../run-merge.js';
import type { Shell } from '../shell.js';
import { openVisibility } from '../visibility-file.js';
import type { AuditResult } from '../../core/result.js';
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
    const run = async (options: AuditOptions): Promise<AuditResult> => {
      const result = await runMerge(records, options, shell);
      await keepVisibility(records, options, shell);
      return result;
    };
    return auditAndTell({ invocation, asked: { ...asked, cache }, run }, shell);
  },
};

async function keepVisibility(
  records: readonly ShardRecord[],
  { directory, asOf }: AuditOptions,
  shell: Shell,
): Promise<void> {
  const visibility = await openVisibility({ directory, isReadOnly: false, asOf }, shell);
  for (const { closedAt = {} } of records) visibility.join(new Map(Object.entries(closedAt)));
  await visibility.save();
}

const collectedAt = ({ sightings }: ShardRecord): Instant => sightings.inventory.collectedAt;

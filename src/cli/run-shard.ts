import { join, resolve } from 'node:path';
import { look } from '../audit.js';
import { shardText, type Shard } from '../shards/shard.js';
import { SHARD_FILE, type ShardRecord, writeShard } from '../shards/shard-record.js';
import type { AuditOptions } from './audit-options.js';
import { type Invocation, switchedOn, textFlag } from './command.js';
import { coverageLines } from './coverage-lines.js';
import type { GatheredAll } from './gather-targets.js';
import { inAudit } from './run-audit.js';
import { shardSetup } from './shard-setup.js';
import type { Shell } from './shell.js';

export interface ShardJob {
  readonly invocation: Invocation;
  readonly options: AuditOptions;
  readonly shard: Shard;
}

/**
 * Does one machine's part: collects, scans its repositories and writes down what it saw. It judges nothing: that is for
 * `keyaudit merge`, so it ends well whatever it saw.
 */
export async function runShard({ invocation, options, shard }: ShardJob, shell: Shell): Promise<0> {
  const record = await recordShard({ ...options, shard }, shell);
  const folder = textFlag(invocation, 'out') ?? join(options.directory, 'shards', String(shard.index));
  const path = join(folder, SHARD_FILE);
  await shell.writeFile(resolve(shell.cwd, path), writeShard(record));
  await options.cache.save();
  if (switchedOn(invocation, 'quiet')) return 0;
  for (const line of coverageLines(coverageOf(record), [])) shell.warn(line);
  shell.print(
    `${shardText(shard)}: took ${record.taken.length} of ${record.listed.length} repositories, found ${record.sightings.candidates.length} strings; written to ${path}, for keyaudit merge`,
  );
  return 0;
}

async function recordShard(options: AuditOptions & { shard: Shard }, shell: Shell): Promise<ShardRecord> {
  const { shard, asOf, config } = options;
  let gathered: GatheredAll | undefined;
  const sightings = await inAudit(options, shell, (request, ctx) => {
    const gather = async (): Promise<GatheredAll> => {
      gathered = await ctx.gather();
      return gathered;
    };
    return look(request, { ...ctx, gather });
  });
  const { listed = [], taken = [], past = new Map() } = gathered ?? {};
  const closedAt = past.size === 0 ? {} : { closedAt: Object.fromEntries(past) };
  return { shard, setup: shardSetup(config, shell), asOf, listed, taken, sightings, ...closedAt };
}

const coverageOf = ({ sightings }: ShardRecord) => [
  ...sightings.inventory.coverage,
  ...sightings.coverage,
  ...sightings.texts,
];

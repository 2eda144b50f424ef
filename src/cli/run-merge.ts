import { conclude } from '../audit.js';
import { ConfigError } from '../core/errors/audit-error.js';
import type { AuditResult } from '../core/result.js';
import { joinShards } from '../shards/join-shards.js';
import type { ShardRecord } from '../shards/shard-record.js';
import { type AuditOptions, now } from './audit-options.js';
import { rulesOf } from './load-rules.js';
import { pepperOf } from './pepper.js';
import { shardSetup } from './shard-setup.js';
import type { Shell } from './shell.js';
import { TOOL } from './tool.js';

/**
 * Judges what the shards of an audit saw, as if one machine had seen it. With a shard missing the result is incomplete,
 * whatever the gate's policy is.
 * @throws ConfigError when they do not belong together, or to this configuration.
 */
export async function runMerge(
  records: readonly ShardRecord[],
  options: AuditOptions,
  shell: Shell,
): Promise<AuditResult> {
  const { config, register, cache, fixedTime } = options;
  const pepper = pepperOf(shell.env);
  if (pepper !== undefined) shell.protect([pepper]);
  if (records.some(({ setup }) => setup !== shardSetup(config, shell))) throw OTHER_SETUP;
  const { sightings, asOf: latest, isWhole } = joinShards(records);
  const asOf = fixedTime ? options.asOf : latest;
  const gate = isWhole ? config.gate : { ...config.gate, incomplete: 'fail' as const };
  const judging = {
    tool: TOOL,
    config: { ...config, gate },
    register,
    rules: await rulesOf(config),
    asOf,
    previous: cache.previous,
    notes: cache.notes,
    known: options.known,
    until: options.until,
  };
  const result = conclude(judging, sightings, () => (fixedTime ? asOf : now(shell)));
  cache.keep({ ...sightings.inventory, keys: result.keys });
  return result;
}

const OTHER_SETUP = new ConfigError('a shard was made with another configuration than this one', {
  hint: 'the shards and keyaudit merge need the same sources and repositories, version of keyaudit and KEYAUDIT_PEPPER',
});

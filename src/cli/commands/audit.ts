import { auditAndTell } from '../audit-and-tell.js';
import { auditOptions, shardFlag } from '../audit-options.js';
import type { Command } from '../command.js';
import { loadSetup } from '../load-config.js';
import { runAudit } from '../run-audit.js';
import { runShard } from '../run-shard.js';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'collect every key, judge it, look for leaks, report, gate',
  maxArgs: 0,
  flags: [
    'config',
    'out',
    'format',
    'inventory',
    'cache-dir',
    'max-disk',
    'as-of',
    'until',
    'baseline',
    'new-only',
    'fail-on',
    'shard',
    'upload',
    'open-issues',
    'yes',
    'concurrency',
  ],
  examples: [
    ['keyaudit audit', 'as audit.config.yaml says; reports go to its reports folder'],
    ['keyaudit audit --fail-on critical --format sarif,json', 'a release gate'],
    ['keyaudit audit --cache-dir .keyaudit', 'also tell what changed since the last run'],
    ['keyaudit audit --shard 2/8 --out shards/2', 'the second of eight machines; then keyaudit merge shards'],
    ['keyaudit audit --inventory keys.json --as-of 2026-11-01', 'judge a recorded inventory again, offline'],
  ],
  async run(invocation, shell) {
    const asked = await auditOptions(invocation, await loadSetup(invocation, shell), shell);
    const shard = shardFlag(invocation);
    if (shard !== undefined) return runShard({ invocation, options: asked, shard }, shell);
    return auditAndTell({ invocation, asked, run: (options) => runAudit(options, shell) }, shell);
  },
};

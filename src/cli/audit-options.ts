import { ConfigError, UsageError } from '../core/errors/audit-error.js';
import { SEVERITIES, type Severity, type SubjectKind } from '../core/finding.js';
import { instantFromMs, type Instant, parseInstant } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';
import type { GatePolicy } from '../core/policy.js';
import { REPORT_FORMATS, type ReportFormat } from '../core/report-format.js';
import { MAX_SHARDS, parseShard, type Shard } from '../shards/shard.js';
import { type Invocation, switchedOn, textFlag } from './command.js';
import { FLAGS } from './flags.js';
import { type CacheRequest, type InventoryCache, openInventoryCache } from './inventory-cache.js';
import { besideConfig, type Setup } from './load-config.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';
import { sizeFlag } from './size-flag.js';

/** What one audit is asked to do, from the command line and the configuration together. */
export interface AuditOptions extends Setup {
  readonly asOf: Instant;
  /** The day was given, so the run's own times are that day too: the same input gives the same bytes. */
  readonly fixedTime: boolean;
  /** The day to look ahead to. */
  readonly until?: Instant | undefined;
  readonly recorded: Inventory | undefined;
  readonly cache: InventoryCache;
  /** Where repositories are kept between runs; undefined: nowhere. */
  readonly cacheDirectory: string | undefined;
  /** What repositories from elsewhere may take on disk, all together; undefined: as much as they need. */
  readonly maxDiskBytes: number | undefined;
  /** The reports folder. */
  readonly directory: string;
  readonly formats: readonly ReportFormat[];
  /** Repositories fetched at once. */
  readonly concurrency: number;
  /** Which part of the repositories is this machine's; absent: all of them. */
  readonly shard?: Shard;
  /** Judge only subjects of this kind. */
  readonly only?: SubjectKind;
  /** Where a local repository's files are read from instead, by its name. */
  readonly folders?: ReadonlyMap<string, string>;
  /** Ids of the findings in the baseline. */
  readonly known?: ReadonlySet<string> | undefined;
}

export async function auditOptions(
  invocation: Invocation,
  setup: Setup,
  shell: Shell,
): Promise<AuditOptions> {
  const { config } = setup;
  const asOf = asOfFlag(invocation);
  const recorded = await recordedInventory(invocation, shell);
  return {
    ...setup,
    config: { ...config, gate: { ...config.gate, ...gateFlags(invocation) } },
    asOf: asOf ?? now(shell),
    fixedTime: asOf !== undefined,
    until: untilFlag(invocation, asOf ?? now(shell)),
    recorded,
    cache: await cacheOf(
      invocation,
      { before: recorded?.collectedAt ?? now(shell), readOnly: recorded !== undefined },
      shell,
    ),
    cacheDirectory: textFlag(invocation, 'cache-dir'),
    maxDiskBytes: sizeFlag(invocation, 'max-disk'),
    directory: textFlag(invocation, 'out') ?? besideConfig(config, config.reports.directory),
    formats: formatsFlag(invocation) ?? config.reports.formats,
    concurrency:
      wholeNumberFlag(invocation, 'concurrency', { min: 1, max: 64 }) ?? Number(FLAGS.concurrency.default),
  };
}

export function now(shell: Shell): Instant {
  const instant = instantFromMs(shell.clock.now());
  if (instant === undefined) throw new ConfigError("this machine's clock shows a time that no calendar has");
  return instant;
}

export const asOfFlag = (invocation: Invocation): Instant | undefined => instantFlag(invocation, 'as-of');

function untilFlag(invocation: Invocation, asOf: Instant): Instant | undefined {
  const until = instantFlag(invocation, 'until');
  if (until === undefined || until > asOf) return until;
  throw new UsageError('--until: expected a day after the one that is judged');
}

function instantFlag(invocation: Invocation, name: 'as-of' | 'until'): Instant | undefined {
  const text = textFlag(invocation, name);
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new UsageError(
    `--${name}: expected a date such as 2026-11-01, or a time with its offset such as 2026-11-01T12:00:00Z`,
  );
}

export function shardFlag(invocation: Invocation): Shard | undefined {
  const text = textFlag(invocation, 'shard');
  if (text === undefined) return undefined;
  const shard = parseShard(text);
  if (shard !== undefined) return shard;
  throw new UsageError(`--shard: expected I/N, such as 2/8, with I from 1 to N and N at most ${MAX_SHARDS}`);
}

function gateFlags(invocation: Invocation): Partial<GatePolicy> {
  const failOn = severityFlag(invocation);
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(switchedOn(invocation, 'new-only') ? { newOnly: true } : {}),
  };
}

function severityFlag(invocation: Invocation): Severity | undefined {
  const text = textFlag(invocation, 'fail-on');
  return SEVERITIES.find((severity) => severity === text);
}

function formatsFlag(invocation: Invocation): readonly ReportFormat[] | undefined {
  const text = textFlag(invocation, 'format');
  if (text === undefined) return undefined;
  return text.split(',').map((name) => {
    const known = REPORT_FORMATS.find((format) => format === name.trim());
    if (known === undefined)
      throw new UsageError(`--format: expected some of ${REPORT_FORMATS.join(', ')}, separated by commas`);
    return known;
  });
}

interface Range {
  readonly min: number;
  readonly max: number;
}

export function wholeNumberFlag(
  invocation: Invocation,
  name: 'concurrency' | 'port',
  range: Range,
): number | undefined {
  const text = textFlag(invocation, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= range.min && number <= range.max) return number;
  throw new UsageError(`--${name}: expected a whole number from ${range.min} to ${range.max}`);
}

export function cacheOf(
  invocation: Invocation,
  judged: Pick<CacheRequest, 'before' | 'readOnly'>,
  shell: Shell,
): Promise<InventoryCache> {
  const directory = textFlag(invocation, 'cache-dir');
  const isShard = textFlag(invocation, 'shard') !== undefined;
  return openInventoryCache({ ...judged, directory, isShard }, shell);
}

async function recordedInventory(invocation: Invocation, shell: Shell): Promise<Inventory | undefined> {
  const path = textFlag(invocation, 'inventory');
  if (path === undefined) return undefined;
  const hint = 'keyaudit collect --out FILE records one';
  const { file, text } = await readInputFile({ path, what: 'the inventory', hint }, shell);
  const { readInventory } = await import('../inventory/record.js');
  return readInventory(text, file);
}

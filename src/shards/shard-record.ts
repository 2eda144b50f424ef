import { PLACE_KINDS } from '../core/leak.js';
import { z } from 'zod';
import { parseFingerprint } from '../core/digest.js';
import { ConfigError } from '../core/errors/audit-error.js';
import { escapedJson } from '../core/json-text.js';
import { hasMisleadingName } from '../core/misleading-names.js';
import type { Instant } from '../core/instant.js';
import type { Sightings } from '../core/sightings.js';
import { inventorySchema } from '../inventory/inventory-schema.js';
import { MAX_SHARDS, type Shard } from './shard.js';

/** The file in a shard's folder. */
export const SHARD_FILE = 'shard.json';

/** What one shard saw, as it is written down. Holds no value of a key. */
export interface ShardRecord {
  readonly shard: Shard;
  /** A digest of what all shards of one audit have in common. */
  readonly setup: string;
  readonly asOf: Instant;
  /** Everything that there was to share out, as this shard's lists named it, by name. */
  readonly listed: readonly string[];
  /** What of it this shard took, whether or not it could be read: that is told by the coverage. */
  readonly taken: readonly string[];
  readonly sightings: Sightings;
  /** When repositories were seen closed last, this run included, by host and number. */
  readonly closedAt?: Readonly<Record<string, Instant>>;
}

const { coverage: vendorCoverage, collectedAt: instant } = inventorySchema.shape;
const text = z.string().max(10_000);
/** A repository's name may be the path of a folder. */
const coverage = z.array(vendorCoverage.element.extend({ source: text }));
const names = z.array(z.string().min(1).max(5_000));
const absent = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);

const fingerprint = z.string().transform((value, context) => {
  const parsed = parseFingerprint(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'expected a fingerprint' });
  return z.NEVER;
});

const place = z.strictObject({
  repository: text,
  visibility: z.enum(['public', 'internal', 'private', 'local', 'unknown']),
  fork: absent(z.boolean()),
  closedAt: absent(instant),
  kind: z.enum(PLACE_KINDS),
  commit: absent(z.string().regex(/^[0-9a-f]{40,64}$/)),
  // As long as git lets a path be.
  path: absent(z.string().max(100_000)),
  line: z.int().positive(),
  column: z.int().positive(),
  firstSeen: absent(instant),
  inHead: z.boolean(),
  pathInHead: absent(z.boolean()),
  removedAt: absent(instant),
  refs: absent(z.strictObject({ names: z.array(z.string().max(100_000)).max(5), count: z.int().min(0) })),
  encoding: text,
  url: absent(z.string().max(400_000)),
});

const candidate = z.strictObject({
  fingerprint,
  vendor: absent(text),
  recognition: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('value') }),
    z.strictObject({ by: z.literal('fingerprint') }),
    z.strictObject({ by: z.literal('detector'), detector: text }),
  ]),
  confidence: z.enum(['high', 'medium', 'low']),
  places: z.array(place).min(1),
});

/** Version 1. The order of its fields is the order in which they are written. */
const recordSchema = z.strictObject({
  format: z.literal('keyaudit shard'),
  version: z.literal(1),
  shard: z.strictObject({
    index: z.int().positive().max(MAX_SHARDS),
    count: z.int().positive().max(MAX_SHARDS),
  }),
  setup: z.string().regex(/^[0-9a-f]{64}$/),
  asOf: instant,
  listed: names,
  taken: names,
  sightings: z.strictObject({
    startedAt: instant,
    inventory: inventorySchema,
    candidates: z.array(candidate),
    coverage,
    texts: coverage,
    notes: z.array(text).exactOptional(),
  }),
  closedAt: z.record(z.string().max(400), instant).exactOptional(),
});

/** JSON, the same bytes for the same record. */
export function writeShard(record: ShardRecord): string {
  const whole = { format: 'keyaudit shard', version: 1, ...record };
  // Through the schema: it fixes the order of the fields, and lets nothing through that it does not know.
  const ordered = recordSchema.parse(JSON.parse(JSON.stringify(whole, undefinedAsNull)));
  return `${escapedJson(JSON.stringify(ordered, undefinedAsNull))}\n`;
}

/** @throws ConfigError when the text is no record of a shard, or another version's. @param file the name that the error shows */
export function readShard(written: string, file: string): ShardRecord {
  const { data } = recordSchema.safeParse(parse(written));
  if (data !== undefined && data.shard.index <= data.shard.count) {
    const { format: _format, version: _version, ...record } = data;
    return record;
  }
  throw new ConfigError(
    `${file} is not what this version of keyaudit writes for a shard, or it was cut off`,
    {
      hint: 'run that shard again with the same keyaudit as the others, or leave its folder out: it then counts as missing',
    },
  );
}

const undefinedAsNull = (_name: string, value: unknown): unknown => (value === undefined ? null : value);

function parse(written: string): unknown {
  try {
    const data = JSON.parse(written) as unknown;
    return hasMisleadingName(data) ? undefined : data;
  } catch {
    return undefined;
  }
}

import { z } from 'zod';
import { keyId, sourceId, vendorId } from '../core/brand.js';
import { type Fingerprint, parseFingerprint } from '../core/digest.js';
import { type Instant, parseInstant } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';

/** As long as what a vendor's answer may hold. */
const text = z.string().max(10_000);
const id = z.string().min(1).max(200);

const instant = z.string().transform((value, context): Instant => {
  const parsed = parseInstant(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'expected a date and time' });
  return z.NEVER;
});

const fingerprint = z.string().transform((value, context): Fingerprint => {
  const parsed = parseFingerprint(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'expected a fingerprint, kf1:<length>:<64 hex digits>' });
  return z.NEVER;
});

/** Undefined here, null in the file: JSON has no other way to write it down. */
const absent = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);

const fact = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('known'), value }),
    z.strictObject({ state: z.literal('unknown'), reason: text }),
    z.strictObject({ state: z.literal('not-applicable'), reason: text }),
  ]);

const access = z.enum(['read', 'write']);
const moment = z.union([z.literal('never'), instant]);
const texts = z.array(text);

const declaration = z.strictObject({
  owner: absent(text),
  system: absent(text),
  purpose: absent(text),
  access: absent(access),
  environment: absent(text),
  reviewBy: absent(instant),
  expires: absent(instant),
  status: absent(z.enum(['active', 'retired'])),
  at: absent(z.strictObject({ file: text, line: z.int().positive() })),
});

const key = z.strictObject({
  source: id.transform(sourceId),
  id: id.transform(keyId),
  vendor: id.transform(vendorId),
  kind: text,
  scope: z.enum(['upload', 'project', 'account', 'organization', 'domain']),
  name: fact(text),
  project: fact(z.strictObject({ id, name: text })),
  createdAt: fact(instant),
  updatedAt: fact(instant),
  expiresAt: fact(moment),
  lastUsedAt: fact(moment),
  access: fact(access),
  permissions: fact(texts),
  allowlist: fact(texts),
  anyAddress: fact(z.boolean()),
  createdBy: fact(text),
  live: fact(z.boolean()),
  format: fact(z.enum(['current', 'legacy'])),
  reaches: fact(texts),
  fingerprint: fact(fingerprint),
  usedByAudit: z.boolean(),
  declared: absent(declaration),
});

const usage = z.array(
  z.strictObject({ collectedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), minutes: z.number().nonnegative() }),
);

const project = z.strictObject({
  source: id.transform(sourceId),
  vendor: id.transform(vendorId),
  id,
  name: fact(text),
  createdAt: fact(instant),
  deleted: fact(z.boolean()),
  deletesAt: fact(moment),
  keyCount: fact(z.int().nonnegative()),
  delivery: fact(usage),
  hosting: fact(usage),
});

const coverage = z.strictObject({
  source: id,
  kind: z.enum(['vendor', 'repository']),
  part: text,
  status: z.enum(['complete', 'partial', 'failed']),
  expected: absent(z.int().nonnegative()),
  seen: z.int().nonnegative(),
  reason: z.string().max(100_000).exactOptional(),
  head: text.exactOptional(),
  readAt: instant.exactOptional(),
});

/** A recorded inventory, version 1. The order of its fields is the order in which they are written. */
export const inventorySchema = z.strictObject({
  schemaVersion: z.literal(1),
  collectedAt: instant,
  keys: z.array(key),
  projects: z.array(project),
  coverage: z.array(coverage),
}) satisfies z.ZodType<Inventory>;

/** The JSON Schema of the file, for editors and other programs. */
export const inventoryJsonSchema = (): unknown => z.toJSONSchema(inventorySchema, { io: 'input' });

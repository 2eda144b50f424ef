import { z } from 'zod';

const text = z.string();
const instant = z.iso.datetime();

/** A fact has its value or says that it has none; `reasons` says why. */
const fact = <T extends z.ZodType>(value: T) => z.union([value, z.enum(['unknown', 'not-applicable'])]);

const moment = fact(z.union([instant, z.literal('never')]));
const texts = fact(z.array(text));
const access = z.enum(['read', 'write']);
const reasons = z.record(text, text);

const declared = z.strictObject({
  owner: text.nullable(),
  system: text.nullable(),
  purpose: text.nullable(),
  access: access.nullable(),
  environment: text.nullable(),
  reviewBy: instant.nullable(),
  expires: instant.nullable(),
  status: z.enum(['active', 'retired']).nullable(),
  at: z.strictObject({ file: text, line: z.int().positive() }).nullable(),
});

export const keySchema = z.looseObject({
  source: text,
  id: text,
  vendor: text,
  kind: text,
  scope: z.enum(['upload', 'project', 'account', 'organization', 'domain']),
  name: fact(text),
  owner: text.nullable(),
  network: fact(z.union([z.literal('any'), z.array(text)])),
  project: fact(z.strictObject({ id: text, name: text })),
  createdAt: fact(instant),
  updatedAt: fact(instant),
  expiresAt: moment,
  lastUsedAt: moment,
  access: fact(access),
  permissions: texts,
  allowlist: texts,
  anyAddress: fact(z.boolean()),
  createdBy: fact(text),
  live: fact(z.boolean()),
  format: fact(z.enum(['current', 'legacy'])),
  reaches: texts,
  fingerprint: fact(text),
  usedByAudit: z.boolean(),
  declared: declared.nullable(),
  reasons,
});

const usage = fact(z.array(z.strictObject({ collectedOn: text, minutes: z.number() })));

export const projectSchema = z.looseObject({
  source: text,
  vendor: text,
  id: text,
  name: fact(text),
  createdAt: fact(instant),
  deleted: fact(z.boolean()),
  deletesAt: moment,
  keyCount: fact(z.int()),
  delivery: usage,
  hosting: usage,
  reasons,
});

import { z } from 'zod';
import { SEVERITIES } from '../core/finding.js';
import { SUPPRESSION_REASONS } from '../core/policy.js';
import { REPORT_FORMATS } from '../core/report-format.js';
import { githubEntrySchema } from '../github/github-entry.js';
import { issueEntrySchema } from '../github/issue-entry.js';
import { uploadEntrySchema } from '../github/upload-entry.js';
import { sourceSchema } from '../providers/index.js';

const path = z.string().min(1).max(4096);
const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected letters, digits, dots, dashes (at most 64)');
const range = z.string().min(2).max(64);
const param = z.union([
  z.number(),
  z.string().max(1000),
  z.boolean(),
  z.array(z.string().max(1000)).max(1000),
]);

/** Our judgement: an outage of the vendor is over by then, and a key that nobody saw for longer is not "known good". */
const LAST_GOOD_DAYS = 7;
/** Our judgement: a weekly run plus a day. */
const MAX_INVENTORY_AGE_DAYS = 8;

/** Suppressions are read leniently: a malformed one counts as expired and is named, it does not stop the audit. */
const suppression = z.unknown().meta({
  type: 'object',
  required: ['rule', 'subject', 'reason', 'statement', 'owner', 'created', 'expires'],
  properties: {
    rule: { type: 'string' },
    subject: {
      type: 'string',
      description: '<source>/<id> of the finding, exactly; of a leaked key <source>/<id>/<fingerprint>',
    },
    reason: { enum: [...SUPPRESSION_REASONS] },
    statement: { type: 'string', description: 'why, in a sentence' },
    owner: { type: 'string' },
    created: { type: 'string', format: 'date' },
    expires: {
      type: 'string',
      format: 'date',
      description: 'the last day; at most 180 days after `created`',
    },
  },
});

/** `audit.config.yaml` as written. */
export const configSchema = z.strictObject({
  version: z.literal(1),
  register: path.optional(),
  network: z.strictObject({ egress: z.array(range).max(10_000).default([]) }).prefault({}),
  roster: z.strictObject({ users: z.array(z.string().min(1).max(256)).default([]) }).optional(),
  sources: z.array(sourceSchema).max(1000).default([]),
  repositories: z
    .strictObject({
      local: z.array(path).max(10_000).default([]),
      github: z.array(githubEntrySchema).max(100).default([]),
    })
    .prefault({}),
  leaks: z
    .strictObject({
      verify: z.literal(false).default(false),
      detectors: z
        .array(path)
        .max(100)
        .describe('detectors of your own: folders or files, written as those in rules/detectors')
        .default([]),
      gitleaks: z
        .array(path)
        .max(100)
        .describe("files of rules in gitleaks' format; each rule is translated, or refused with the reason")
        .default([]),
    })
    .prefault({}),
  rules: z
    .strictObject({
      directories: z.array(path).max(100).default([]),
      disable: z.array(id).max(1000).default([]),
      params: z.record(id, z.record(z.string().min(1).max(64), param)).default({}),
      severity: z.record(id, z.enum(SEVERITIES)).default({}),
    })
    .prefault({}),
  gate: z
    .strictObject({
      failOn: z.enum(SEVERITIES).default('high'),
      newOnly: z.boolean().default(false),
      incomplete: z
        .enum(['fail', 'warn', 'last-good'])
        .describe(
          'a source that could not be read: fail = exit code 3; warn = a reason only; last-good = its last complete inventory (--cache-dir) counts in its place',
        )
        .default('fail'),
      lastGoodDays: z
        .int()
        .min(0)
        .max(90)
        .describe('for incomplete: last-good, how old the last complete inventory may be, in days')
        .default(LAST_GOOD_DAYS),
      maxInventoryAgeDays: z
        .int()
        .min(0)
        .max(3650)
        .describe('how old an inventory given with --inventory may be, in days; an older one is incomplete')
        .default(MAX_INVENTORY_AGE_DAYS),
    })
    .prefault({}),
  suppressions: z.array(suppression).max(10_000).default([]),
  reports: z
    .strictObject({
      directory: path.default('reports'),
      formats: z.array(z.enum(REPORT_FORMATS)).min(1).default(['sarif', 'markdown', 'html', 'json']),
      /** Used by `audit --upload` only. */
      upload: uploadEntrySchema.optional(),
      /** Used by `audit --open-issues` only. */
      issues: issueEntrySchema.optional(),
    })
    .prefault({}),
});

export type WrittenConfig = z.output<typeof configSchema>;

/** The JSON Schema of `audit.config.yaml` as people write it, for editors. */
export const configJsonSchema = (): unknown => z.toJSONSchema(configSchema, { io: 'input' });

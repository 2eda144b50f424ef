import { PLACE_KINDS } from '../../core/leak.js';
import { z } from 'zod';
import { SEVERITIES, VERDICTS } from '../../core/finding.js';
import { keySchema, projectSchema } from './key-schema.js';

const text = z.string();
const amount = z.int().min(0);
const instant = z.iso.datetime();
const confidence = z.enum(['high', 'medium', 'low']);
const severity = z.enum(SEVERITIES);
const placeText = text.nullable();

const place = z.strictObject({
  repository: text,
  visibility: z.enum(['public', 'internal', 'private', 'local', 'unknown']),
  /** The host calls the repository a fork; null where it does not tell. */
  fork: z.boolean().nullable(),
  /** The last earlier run at which not everybody could read the repository; null where none is remembered. */
  closedAt: instant.nullable(),
  kind: z.enum(PLACE_KINDS),
  commit: placeText,
  path: placeText,
  line: z.int(),
  column: z.int(),
  firstSeen: instant.nullable(),
  inHead: z.boolean(),
  /** Something stands at that path at HEAD, with the string or without; null where nobody can say. */
  pathInHead: z.boolean().nullable(),
  removedAt: instant.nullable(),
  /** Of how many refs the newest version still holds it at that path, and at most 5 names; null where nobody can say. */
  refs: z.strictObject({ names: z.array(text), count: amount }).nullable(),
  encoding: text,
  url: placeText,
});

const subject = z.strictObject({
  kind: z.enum(['key', 'leak', 'source']),
  source: text,
  id: text,
  vendor: text.nullish(),
  name: text.nullish(),
  project: text.nullish(),
  fingerprint: text.nullish(),
});

const finding = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  rule: text,
  severity,
  confidence,
  verdict: z.enum(['fail', 'unknown']),
  subject,
  message: text,
  owner: text.nullable(),
  status: z.enum(['new', 'known', 'suppressed']),
  places: z.array(place),
  fix: text,
  suppression: z.strictObject({ reason: text, statement: text, owner: text, expires: text }).optional(),
});

const leak = z.strictObject({
  fingerprint: text,
  vendor: text.nullable(),
  recognition: z.union([
    z.strictObject({ by: z.enum(['value', 'fingerprint']) }),
    z.strictObject({ by: z.literal('detector'), detector: text }),
  ]),
  confidence,
  places: z.array(place).min(1),
  keys: z.array(z.strictObject({ source: text, id: text })),
});

const coverage = z.strictObject({
  source: text,
  kind: z.enum(['vendor', 'repository']),
  part: text,
  status: z.enum(['complete', 'partial', 'failed']),
  expected: amount.nullable(),
  seen: amount,
  reason: text.nullish(),
  head: text.nullish(),
  readAt: instant.nullish(),
});

const driftedKey = z.strictObject({
  source: text,
  id: text,
  vendor: text,
  name: text.optional(),
  project: text.optional(),
});

const change = z.strictObject({
  kind: z.enum(['access-widened', 'network-widened', 'renamed', 'owner-changed']),
  before: text,
  after: text,
});

const drift = z.strictObject({
  since: instant,
  sources: z.array(text),
  appeared: z.array(driftedKey),
  gone: z.array(driftedKey),
  changed: z.array(driftedKey.extend({ changes: z.array(change).min(1) })),
});

const counts = z.strictObject({
  bySeverity: z.record(severity, amount),
  byStatus: z.record(z.enum(['new', 'known', 'suppressed']), amount),
  byVerdict: z.record(z.enum(VERDICTS), amount),
  judgements: amount,
  keys: amount,
  projects: amount,
  leaks: amount,
});

const coming = z.strictObject({
  finding,
  because: z.enum(['fails-then', 'weighs-more', 'suppression-ends']),
});
const risk = z.strictObject({
  subject,
  owner: text.nullable(),
  severity,
  because: z.array(text),
  findings: z.array(text).min(1),
});

const strength = z.enum(['direct', 'partial', 'informative']);
const standard = z.strictObject({
  id: text,
  name: text,
  extent: z.enum(['all', 'about-keys', 'mapped']),
  controls: z.array(
    z.strictObject({
      id: text,
      title: text.optional(),
      rules: z.array(z.strictObject({ id: text, strength })),
      result: z.enum(['broken', 'not-known', 'nothing-found', 'not-covered']),
    }),
  ),
});

/** `keyaudit.json`. Rules are described by the rule book and only listed here. */
const RESULT = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: text, version: text }),
  run: z.strictObject({ asOf: instant, startedAt: instant, finishedAt: instant }),
  coverage: z.array(coverage),
  keys: z.array(keySchema),
  projects: z.array(projectSchema),
  leaks: z.array(leak),
  findings: z.array(finding),
  gaps: z.array(z.strictObject({ vendor: text, rule: text, reason: text, subjects: amount })),
  counts,
  gate: z.strictObject({ result: z.enum(['pass', 'fail', 'incomplete']), reasons: z.array(text).min(1) }),
  notes: z.array(text),
  rules: z.array(z.looseObject({ id: text, title: text, severity })),
  /** Since an earlier inventory; absent where there is none. */
  drift: drift.optional(),
  compliance: z.array(standard).optional(),
  forecast: z.strictObject({ until: instant, coming: z.array(coming) }).optional(),
  risks: z.array(risk).optional(),
  /** Against the runs before; null where nothing is open. */
  trend: z.strictObject({ fixedInWeek: amount, medianDaysOpen: amount.nullable() }).optional(),
});

/** The JSON Schema (draft 2020-12) of `keyaudit.json`, for those who script against it. */
export const resultJsonSchema = (): unknown => z.toJSONSchema(RESULT);

import { z } from 'zod';
import { SEVERITIES } from '../core/finding.js';

const line = z.string().trim().min(1).max(500);
const prose = z.string().trim().min(1).max(4_000);
const condition = z.string().trim().min(1);
const factNames = z.array(z.string()).max(32);
const scalar = z.union([z.int(), z.boolean(), z.string(), z.array(z.string())]);

const param = z.strictObject({
  default: z.union([z.number(), z.boolean(), z.string(), z.array(z.string()).max(200)]),
  unit: line,
  source: line,
});

const mapping = z.strictObject({
  standard: line,
  id: line,
  strength: z.enum(['direct', 'partial', 'informative']),
});

const absent = z.union([z.strictObject({ unknown: line }), z.strictObject({ 'not-applicable': line })]);

const example = z.strictObject({
  it: line,
  facts: z.record(z.string(), z.union([scalar, absent])),
  severity: z.enum(SEVERITIES).optional(),
});

const examples = z.array(example).max(40);

/** A rule file as somebody writes it. What fits together is checked afterwards. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected words in lower case, joined by hyphens'),
  title: line,
  subject: z.enum(['key', 'leak', 'source']),
  severity: z.enum(SEVERITIES),
  confidence: z.enum(['high', 'medium', 'low']),
  audience: z.enum(['regular', 'pedantic']).default('regular'),
  why: prose,
  fix: z.union([prose, z.object({ default: prose }).catchall(prose)]),
  applies: z.strictObject({ when: condition, otherwise: line }).optional(),
  needs: factNames.min(1),
  weighs: factNames.default([]),
  when: condition,
  doubt: z.strictObject({ when: condition, because: line }).optional(),
  tiers: z
    .array(z.strictObject({ severity: z.enum(SEVERITIES), when: condition }))
    .max(4)
    .default([]),
  message: prose,
  params: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a name such as maxDays'), param)
    .default({}),
  // A team's own rule may speak of no standard; that every built-in one does is held by a test.
  maps: z.array(mapping).max(20).default([]),
  references: z
    .array(z.url({ protocol: /^https$/ }))
    .max(20)
    .default([]),
  examples: z.strictObject({
    fails: examples.min(1),
    passes: examples.min(1),
    unknown: examples.default([]),
    'not-applicable': examples.default([]),
  }),
});

export type WrittenRule = z.output<typeof ruleSchema>;
export type WrittenExample = z.output<typeof example>;

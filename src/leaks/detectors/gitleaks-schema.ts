import { z } from 'zod';

const texts = z.array(z.string()).default([]);

const allowList = z.strictObject({
  id: z.string().optional(),
  description: z.string().optional(),
  condition: z.string().default('OR'),
  commits: texts,
  paths: texts,
  regexTarget: z.enum(['secret', 'match', 'line', '']).default('secret'),
  regexes: texts,
  stopwords: texts,
  targetRules: texts,
});
export type WrittenAllowList = z.output<typeof allowList>;

/** One rule as gitleaks 8 reads it. */
export const gitleaksRuleSchema = z.strictObject({
  id: z.string().min(1),
  description: z.string().default(''),
  regex: z.string().default(''),
  secretGroup: z.int().min(0).max(64).default(0),
  entropy: z.number().min(0).max(8).default(0),
  keywords: texts,
  path: z.string().default(''),
  tags: texts,
  allowlists: z.array(allowList).default([]),
  allowlist: allowList.optional(),
});
export type WrittenRule = z.output<typeof gitleaksRuleSchema>;

/** The file around the rules, which are checked one by one. */
export const gitleaksFileSchema = z.looseObject({
  title: z.string().optional(),
  extend: z.unknown().optional(),
  rules: z.array(z.unknown()).default([]),
  allowlists: z.array(allowList).default([]),
  allowlist: allowList.optional(),
});

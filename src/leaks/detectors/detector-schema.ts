import { z } from 'zod';
import { parseFingerprint } from '../../core/digest.js';
import { ALPHABETS } from './detector.js';
import { patternProblem } from './linear-pattern.js';
import { MAX_INTRODUCER } from './near.js';

const lowerText = z
  .string()
  .min(1)
  .refine((text) => text === text.toLowerCase(), 'must be written in lower case');

/** The engine is linear in the text, and these are what it does not have. */
function checkPattern(pattern: string, context: z.RefinementCtx<string>): void {
  const problem = patternProblem(pattern);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `is ${problem}` });
}

const search = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prefix') }),
  z.strictObject({ kind: z.literal('after') }),
  z.strictObject({ kind: z.literal('assigned'), names: z.array(lowerText).min(1) }),
  z.strictObject({
    kind: z.literal('near'),
    distance: z.int().min(1).max(4096),
    introducers: z.array(lowerText.max(MAX_INTRODUCER)).min(1),
    gap: z.int().min(0).max(256),
  }),
  z.strictObject({ kind: z.literal('basic-auth') }),
  z.strictObject({ kind: z.literal('jwt'), audience: z.string().min(1) }),
  z
    .strictObject({
      kind: z.literal('regex'),
      pattern: z.string().min(1).max(4096).superRefine(checkPattern),
      group: z.int().min(0).max(64).default(0),
    })
    .transform((one) => ({ ...one, allow: [], keepsExamples: false })),
]);

const shape = z.strictObject({
  alphabet: z.enum(Object.keys(ALPHABETS) as [keyof typeof ALPHABETS]), // keys of a constant object
  minLength: z.int().min(8),
  maxLength: z.int().max(4096),
  begins: z.string().min(1).optional(),
});

/** A file of `rules/detectors/`, as written. */
export const detectorSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    vendor: z.string().min(1),
    title: z.string().min(1),
    confidence: z.enum(['high', 'medium', 'low']),
    keywords: z.array(lowerText.min(4)).default([]),
    search,
    // A pattern says itself what it is made of.
    shape: shape.optional(),
    minEntropy: z.number().min(0).max(8).default(0),
    needsDigit: z.boolean().default(false),
    documented: z
      .array(z.string().refine((text) => parseFingerprint(text) !== undefined, 'must be a fingerprint'))
      .default([]),
    placeholders: z.array(lowerText).default([]),
    examples: z.strictObject({
      positive: z.array(z.string()).min(1),
      negative: z.array(z.string()).min(1),
    }),
  })
  .refine(({ search, shape }) => search.kind === 'regex' || shape !== undefined, {
    path: ['shape'],
    message: 'expected the shape of the value',
  })
  .refine(({ search, keywords }) => search.kind === 'jwt' || keywords.length > 0, {
    path: ['keywords'],
    message: 'expected a keyword, without which nothing is looked at',
  });

import { z } from 'zod';
import { parseFingerprint, type Fingerprint } from '../../core/digest.js';
import { credentialSchema } from '../../credentials/credential.js';
import { baseUrlSchema } from '../../http/base-url.js';
import { idSchema, instantSchema } from '../field-log.js';
import { sourceIdSchema } from '../source-id.js';

const textSchema = z.string().trim().min(1).max(1000);

const fingerprintSchema = z.string().transform((text, context): Fingerprint => {
  const fingerprint = parseFingerprint(text);
  if (fingerprint !== undefined) return fingerprint;
  context.addIssue({ code: 'custom', message: 'expected a fingerprint as `keyaudit fingerprint` prints it' });
  return z.NEVER;
});

/** One key as people declare it: this vendor has no list of keys. */
const declaredKeySchema = z
  .strictObject({
    id: idSchema,
    name: textSchema.optional(),
    access: z.enum(['read', 'write']).optional(),
    issued: instantSchema.optional(),
    owner: textSchema.optional(),
    system: textSchema.optional(),
    scope: z.enum(['organization', 'domain']).default('organization'),
    /** Needed only where the value is not at hand. */
    format: z.enum(['current', 'legacy']).optional(),
    credential: credentialSchema.optional(),
    fingerprint: fingerprintSchema.optional(),
  })
  .refine((key) => (key.credential === undefined) !== (key.fingerprint === undefined), {
    error: 'expected either `credential` (the key is probed) or `fingerprint` (it is only searched for)',
  });

export const cognitive3dSourceSchema = z.strictObject({
  id: sourceIdSchema,
  vendor: z.literal('cognitive3d'),
  baseUrl: baseUrlSchema.default('https://api.cognitive3d.com'),
  keys: z
    .array(declaredKeySchema)
    .min(1)
    .max(1000)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
      error: 'expected each key `id` once',
    }),
});

export type DeclaredKey = z.output<typeof declaredKeySchema>;
export type Cognitive3dSource = z.output<typeof cognitive3dSourceSchema>;

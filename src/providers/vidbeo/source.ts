import { z } from 'zod';
import { credentialSchema } from '../../credentials/credential.js';
import { baseUrlSchema } from '../../http/base-url.js';
import { idSchema } from '../field-log.js';
import { sourceIdSchema } from '../source-id.js';

export const vidbeoSourceSchema = z.strictObject({
  id: sourceIdSchema,
  vendor: z.literal('vidbeo'),
  baseUrl: baseUrlSchema.default('https://api.vidbeo.com/v2'),
  credential: credentialSchema,
  /** Which of the listed keys the credential is: Vidbeo never tells a key's value, so the audit cannot find out. */
  auditKeyId: idSchema.optional(),
});

export type VidbeoSource = z.output<typeof vidbeoSourceSchema>;

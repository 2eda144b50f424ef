import { z } from 'zod';
import { credentialSchema } from '../../credentials/credential.js';
import { baseUrlSchema } from '../../http/base-url.js';
import { sourceIdSchema } from '../source-id.js';

export const apiVideoSourceSchema = z.strictObject({
  id: sourceIdSchema,
  vendor: z.literal('api-video'),
  /** The Admin API. */
  baseUrl: baseUrlSchema.default('https://admin.api.video'),
  /** The admin API key, which lists every project's keys. */
  credential: credentialSchema,
  /** Also lists upload tokens, through the Video API and with each project's own key. */
  uploadTokens: z.boolean().default(false),
  videoBaseUrl: baseUrlSchema.default('https://ws.api.video'),
});

export type ApiVideoSource = z.output<typeof apiVideoSourceSchema>;

import { z } from 'zod';
import { credentialSchema } from '../credentials/credential.js';
import { baseUrlSchema } from '../http/base-url.js';
import { appSchema, fullNameSchema } from './github-entry.js';

/** `reports.upload`: which repository's code scanning shows the findings about keys. */
export const uploadEntrySchema = z.strictObject({
  repository: fullNameSchema,
  apiUrl: baseUrlSchema.default('https://api.github.com'),
  /** Needs the right to write code scanning alerts; the variable GITHUB_TOKEN by default. */
  token: credentialSchema.default({ env: 'GITHUB_TOKEN' }),
  /** A GitHub App in the place of the token. */
  app: appSchema.optional(),
});

export type UploadEntry = z.output<typeof uploadEntrySchema>;

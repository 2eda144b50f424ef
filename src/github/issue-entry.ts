import { z } from 'zod';
import { credentialSchema } from '../credentials/credential.js';
import { baseUrlSchema } from '../http/base-url.js';
import { appSchema, fullNameSchema } from './github-entry.js';
import { isOwnerName } from './repository-name.js';

const label = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^,\p{Cc}]+$/u, 'expected the name of a label');
const mention = z.string().refine(isMention, 'expected a login such as ines, or a team such as acme/web');

function isMention(text: string): boolean {
  const [owner = '', team, ...rest] = text.split('/');
  return isOwnerName(owner) && rest.length === 0 && (team === undefined || /^[a-z0-9][a-z0-9-]*$/.test(team));
}

/** `reports.issues`: where `--open-issues` keeps one issue for each owner of keys. */
export const issueEntrySchema = z.strictObject({
  /** A private repository: the issues say where keys stand. */
  repository: fullNameSchema,
  apiUrl: baseUrlSchema.default('https://api.github.com'),
  /** Needs the right to write issues; the variable GITHUB_TOKEN by default. */
  token: credentialSchema.default({ env: 'GITHUB_TOKEN' }),
  /** A GitHub App in the place of the token. */
  app: appSchema.optional(),
  /** Tells the issues of one configuration from those of another in the same repository. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected letters, digits, dots, dashes (at most 64)')
    .default('keyaudit'),
  labels: z.array(label).max(20).default([]),
  /** By the owner's name in the key register. */
  owners: z
    .record(
      z.string().min(1).max(256),
      z.strictObject({ mention: mention.optional(), labels: z.array(label).max(20).default([]) }),
    )
    .default({}),
});

export type IssueEntry = z.output<typeof issueEntrySchema>;

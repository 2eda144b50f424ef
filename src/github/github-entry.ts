import { z } from 'zod';
import { credentialSchema } from '../credentials/credential.js';
import { baseUrlSchema } from '../http/base-url.js';
import { isOwnerName, isRepositoryName } from './repository-name.js';

const owner = z.string().refine(isOwnerName, 'expected the name of an organization or user, such as acme');
/** A repository at GitHub. */
export const fullNameSchema = z.string().refine(isFullName, 'expected owner/name, such as acme/web');
const glob = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._*?/-]+$/, 'expected owner/name, in which * and ? stand for other characters');

function isFullName(text: string): boolean {
  const [ownerName = '', name = '', ...rest] = text.split('/');
  return rest.length === 0 && isOwnerName(ownerName) && isRepositoryName(name);
}

/** A GitHub App, installed at an organization or user. */
export const appSchema = z.strictObject({
  /** The app's id or client id. */
  id: z.union([z.int().positive().transform(String), z.string().regex(/^[A-Za-z0-9.]{1,64}$/)]),
  installationId: z.int().positive(),
  /** The PEM file that GitHub gave for the app. */
  privateKey: credentialSchema,
});

/** One entry of `repositories.github`: a GitHub, a token, and what to scan there. */
export const githubEntrySchema = z
  .strictObject({
    /** `https://api.github.com`, or a GitHub Enterprise Server's `https://HOST/api/v3`. */
    apiUrl: baseUrlSchema.default('https://api.github.com'),
    /** Without one, only what is public is seen. */
    token: credentialSchema.optional(),
    /** A GitHub App in the place of a token: its installation's tokens live for an hour and are made anew. */
    app: appSchema.optional(),
    orgs: z.array(owner).max(1_000).default([]),
    users: z.array(owner).max(1_000).default([]),
    repos: z.array(fullNameSchema).max(10_000).default([]),
    /**
     * Lists around a repository of which GitHub tells no newer change are taken as they were, and asked for again after so many
     * days, or up to a quarter less; 0: they are asked for in each run.
     */
    recheckDays: z.int().min(0).max(365).default(28),
    /** Repositories to leave out, as `owner/name` with `*` and `?`. */
    exclude: z.array(glob).max(1_000).default([]),
    include: z
      .strictObject({
        archived: z.boolean().default(true),
        forks: z.boolean().default(false),
        /** The commits of pull requests (`refs/pull/*`), their texts, reviews and comments on lines. */
        pullRequests: z.boolean().default(true),
        /** Issues, and the comments below issues and pull requests. */
        issues: z.boolean().default(true),
        commitComments: z.boolean().default(true),
        releases: z.boolean().default(true),
        /** Discussions with their comments and replies; GitHub tells them only to whoever has a token. */
        discussions: z.boolean().default(true),
        wikis: z.boolean().default(true),
        /** The logs of workflow runs of that many last days; 0: none. The token needs a right of its own. */
        workflowLogDays: z.int().min(0).max(400).default(0),
        /** Variables of Actions, of repositories and organizations: plain text. The token needs a right of its own for each. */
        variables: z.boolean().default(false),
        /** The gists of the entry's users. */
        gists: z.boolean().default(false),
        /** The gists of the members of the entry's organizations. */
        memberGists: z.boolean().default(false),
      })
      .prefault({}),
  })
  .refine(({ token, app }) => token === undefined || app === undefined, {
    error: 'expected `token` or `app`, not both',
    path: ['app'],
  });

export type GithubEntry = z.output<typeof githubEntrySchema>;

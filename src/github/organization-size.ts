import type { Octokit } from 'octokit';
import { z } from 'zod';

const count = z.number().int().nonnegative();
const schema = z.object({ public_repos: count, total_private_repos: count.optional().catch(undefined) });

/**
 * How many repositories an organization has, as far as GitHub tells: the private ones only to its members. A list that is
 * shorter is one that the token may not see whole.
 */
export async function organizationSize(octokit: Octokit, org: string): Promise<number | undefined> {
  const { data } = await octokit.request('GET /orgs/{org}', { org });
  const { data: size } = schema.safeParse(data);
  return size === undefined ? undefined : size.public_repos + (size.total_private_repos ?? 0);
}

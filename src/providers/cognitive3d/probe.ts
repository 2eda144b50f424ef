import { type Fact, known, unknown } from '../../core/fact.js';
import type { ApiClient } from '../../http/api-client.js';
import { urlBelow } from '../../http/base-url.js';
import { type Advice, HttpError } from '../../http/http-error.js';
import { reasonOf } from '../list-coverage.js';
import { checkAnswer } from '../read-page.js';
import { organizationSchema, whoamiSchema } from './schema.js';

export const ADVICE: Advice = {
  unauthorised:
    'The key is dead, or it belongs to another environment: check `baseUrl` (https://api.c3ddev.com is another one).',
  forbidden:
    'The key is dead, lacks the right, or may not be used from this address; a proxy of the network may also have refused.',
};

/** What asking with a key told about it. */
export interface Probe {
  readonly live: Fact<boolean>;
  readonly reaches: Fact<readonly string[]>;
  /** What could not be looked at, in words; a dead key was looked at. */
  readonly problems: readonly string[];
}

const DEAD = 'a dead key opens nothing that could be listed';

/** Asks whether a key is live, and what it opens. One request after another, as the vendor wishes. */
export async function probeKey(client: ApiClient, scope: 'organization' | 'domain'): Promise<Probe> {
  try {
    const what = 'the whoami probe';
    const url = urlBelow(client.baseUrl, '/v0/organizations/apiKeys/whoami');
    const answer = await client.get(url, what);
    return { live: known(true), ...(await readReach(client, scope, answer)) };
  } catch (error) {
    if (error instanceof HttpError) return judgeRefusal(error);
    throw error;
  }
}

function judgeRefusal(error: HttpError): Probe {
  const { kind } = error.failure;
  if (kind === 'unauthorised') return { live: known(false), reaches: unknown(DEAD), problems: [] };
  const reason = reasonOf(error);
  // An address rule is not a dead key, and nobody can tell the two apart from here.
  const problems = kind === 'forbidden' ? [] : [reason];
  return { live: unknown(reason), reaches: unknown(reason), problems };
}

async function readReach(
  client: ApiClient,
  scope: 'organization' | 'domain',
  whoami: unknown,
): Promise<Pick<Probe, 'reaches' | 'problems'>> {
  if (scope === 'domain') {
    return {
      reaches: unknown('a domain key opens every organization of its domain, which no request lists'),
      problems: [],
    };
  }
  try {
    const id = checkAnswer(whoami, whoamiSchema, 'the whoami probe').organizationId;
    const what = 'the organization and its projects';
    const url = urlBelow(client.baseUrl, `/v0/organizations/${encodeURIComponent(String(id))}`);
    const { projects } = checkAnswer(await client.get(url, what), organizationSchema, what);
    return { reaches: known(projects.map(({ name }) => name)), problems: [] };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { reaches: unknown(reasonOf(error)), problems: [reasonOf(error)] };
  }
}

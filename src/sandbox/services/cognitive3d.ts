import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_AS_OF } from '../as-of.js';
import {
  COGNITIVE3D_KEYS,
  COGNITIVE3D_ORGANIZATION,
  type Cognitive3dKey,
} from '../company/cognitive3d-keys.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, RefusalStatus, Service } from '../server/exchange.js';
import { readJsonBody } from '../server/read-body.js';

const MESSAGES = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  429: 'Please send requests one after another',
  500: 'Internal server error',
} satisfies Record<RefusalStatus, string>;

const refuse = (status: RefusalStatus): Answer => ({ status, body: { message: MESSAGES[status] } });

/** Long enough for requests that were sent together to meet. */
const THINKING_MS = 10;

const headerOf = (key: Cognitive3dKey): string =>
  key.format === 'current' ? key.value : `APIKEY:ORGANIZATION ${key.value}`;

const newestSession = {
  count: 1_204,
  pages: 1_204,
  currentPage: 0,
  results: [{ date: `${SANDBOX_AS_OF}T00:00:00.000Z` }],
};

async function newestSessions({ request }: Exchange): Promise<Answer> {
  const body = await readJsonBody(request);
  return typeof body === 'object' && body !== null && 'entityFilters' in body
    ? { status: 200, body: newestSession }
    : refuse(400);
}

/** Refuses what comes while another request is being answered: the vendor asks for one after another. */
function oneAfterAnother(service: Service): Service {
  let busy = false;
  const handle = async (exchange: Exchange): Promise<Answer> => {
    if (busy) return { ...refuse(429), headers: { 'Retry-After': '1' } };
    busy = true;
    try {
      await sleep(THINKING_MS);
      return await service.handle(exchange);
    } finally {
      busy = false;
    }
  };
  return { ...service, handle };
}

export function cognitive3dService(): Service {
  const live = new Map(COGNITIVE3D_KEYS.filter((key) => key.live).map((key) => [headerOf(key), key]));
  const { id, name, projects } = COGNITIVE3D_ORGANIZATION;
  return oneAfterAnother(
    defineService<Cognitive3dKey>({
      name: 'cognitive3d',
      prefix: '/cognitive3d',
      authenticate: ({ request }) => live.get(request.headers.authorization ?? '') ?? 401,
      routes: [
        {
          method: 'GET',
          pattern: '/v0/organizations/apiKeys/whoami',
          answer: () => ({ status: 200, body: { organizationId: id } }),
        },
        {
          method: 'GET',
          pattern: '/v0/organizations/:id',
          answer: ({ params }) =>
            params.get('id') === String(id) ? { status: 200, body: { id, name, projects } } : refuse(403),
        },
        {
          method: 'POST',
          pattern: '/v0/datasets/sessions/paginatedListQueries',
          answer: ({ exchange }) => newestSessions(exchange),
        },
      ],
      refuse,
    }),
  );
}

import { VIDBEO_KEYS, type VidbeoKey } from '../company/vidbeo-keys.js';
import { bearerToken } from '../server/credentials-of.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, RefusalStatus, Service } from '../server/exchange.js';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

const MESSAGES = {
  400: 'Invalid request',
  401: 'Not authorised',
  403: 'The key is invalid or does not permit that action',
  404: 'Not found',
  405: 'Method not allowed',
  429: 'Too many requests, wait for a short period',
  500: 'Something went wrong',
} satisfies Record<RefusalStatus, string>;

const refuse = (status: RefusalStatus): Answer => ({
  status,
  body: { success: false, result: null, links: null, errors: [MESSAGES[status]] },
});

/** As the vendor lists it: no value, and `created_by` only where it is known. */
const keyJson = (key: VidbeoKey): object => ({
  id: key.id,
  name: key.name,
  type: 'api',
  permissions: key.permissions,
  ips: key.ips,
  ...(key.createdBy === undefined ? {} : { created_by: key.createdBy.id }),
  created_time: key.createdAt,
  updated_by: key.createdBy?.id ?? null,
  updated_time: key.updatedAt,
});

/** A cursor names the first key of its page, so that nobody counts on numbers. */
const cursorOf = (key: VidbeoKey): string => Buffer.from(`from ${key.id}`).toString('base64url');

function listKeys({ query, base }: Exchange): Answer {
  const text = query.get('limit') ?? String(DEFAULT_LIMIT);
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) return refuse(400);
  const cursor = query.get('cursor');
  const start = cursor === null ? 0 : VIDBEO_KEYS.findIndex((key) => cursorOf(key) === cursor);
  if (start < 0) return refuse(400);
  const following = VIDBEO_KEYS[start + limit];
  const links =
    following === undefined ? {} : { next: `${base}/keys?limit=${limit}&cursor=${cursorOf(following)}` };
  const result = VIDBEO_KEYS.slice(start, start + limit).map(keyJson);
  return { status: 200, body: { success: true, result, links, errors: [] } };
}

function oneKey(id: string | undefined): Answer {
  const key = VIDBEO_KEYS.find((entry) => entry.id === id);
  if (key === undefined) return refuse(404);
  return { status: 200, body: { success: true, result: keyJson(key), links: null, errors: [] } };
}

/** Every key of the account may list keys: both read-only and full ones can fetch. */
export function vidbeoService(): Service {
  const byValue = new Map(VIDBEO_KEYS.map((key) => [key.value, key]));
  return defineService<VidbeoKey>({
    name: 'vidbeo',
    prefix: '/vidbeo/v2',
    authenticate: (exchange) => byValue.get(bearerToken(exchange) ?? '') ?? 401,
    routes: [
      { method: 'GET', pattern: '/keys', answer: ({ exchange }) => listKeys(exchange) },
      { method: 'GET', pattern: '/keys/:id', answer: ({ params }) => oneKey(params.get('id')) },
    ],
    refuse,
  });
}

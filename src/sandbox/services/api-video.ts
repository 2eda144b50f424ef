import type { Clock } from '../../core/run-context.js';
import {
  API_VIDEO_KEYS,
  type ApiVideoKey,
  UPLOAD_TOKENS,
  type UploadToken,
} from '../company/api-video-keys.js';
import { fakeKey } from '../fake-keys.js';
import { basicCredentials, bearerToken } from '../server/credentials-of.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, Service } from '../server/exchange.js';
import { RateWindows } from '../server/rate-window.js';
import { readJsonBody } from '../server/read-body.js';
import { wholeNumber } from './api-video-page.js';
import { apiVideoProblem } from './api-video-problem.js';

/** Documented for production: 500 reads a minute. */
const READS = { requests: 500, windowMs: 60_000 };
const DEFAULT_PAGE_SIZE = 25;

const KEYS = new Map(API_VIDEO_KEYS.map((key) => [key.value, key]));
/** Bearer tokens by key; the vendor's are JWTs that live an hour, these live as long as the sandbox. */
const BEARERS = new Map(API_VIDEO_KEYS.map((key) => [fakeKey('vidbeo', `bearer ${key.label}`), key]));

const bearerOf = (key: ApiVideoKey): string => fakeKey('vidbeo', `bearer ${key.label}`);

const ANYONE = { label: 'anyone' };
type Caller = ApiVideoKey | typeof ANYONE;

function authenticate(exchange: Exchange): Caller | 401 {
  if (exchange.path === '/auth/api-key') return ANYONE;
  const basic = basicCredentials(exchange);
  const key = basic === undefined ? BEARERS.get(bearerToken(exchange) ?? '') : KEYS.get(basic.user);
  return key ?? 401;
}

async function exchangeKey({ request }: Exchange): Promise<Answer> {
  const body = await readJsonBody(request);
  const given = typeof body === 'object' && body !== null && 'apiKey' in body ? body.apiKey : undefined;
  const key = typeof given === 'string' ? KEYS.get(given) : undefined;
  if (key === undefined) return apiVideoProblem(401);
  const tokens = { access_token: bearerOf(key), refresh_token: `${bearerOf(key)}r` };
  return { status: 200, body: { token_type: 'Bearer', expires_in: 3_600, ...tokens } };
}

const tokenJson = (token: UploadToken): object => ({
  token: token.value,
  ttl: token.ttlSeconds,
  createdAt: token.createdAt.replace('.000Z', '+00:00'),
  expiresAt: token.expiresAt?.replace('.000Z', '+00:00') ?? null,
});

function listTokens(exchange: Exchange, caller: Caller): Answer {
  if (!('project' in caller)) return apiVideoProblem(401);
  const page = wholeNumber(exchange.query.get('currentPage'), 1);
  const size = wholeNumber(exchange.query.get('pageSize'), DEFAULT_PAGE_SIZE);
  if (page === undefined || page < 1) return apiVideoProblem(400, 'currentPage');
  if (size === undefined || size < 1 || size > 100) return apiVideoProblem(400, 'pageSize');
  const tokens = UPLOAD_TOKENS.filter((token) => token.project.id === caller.project.id);
  const data = tokens.slice((page - 1) * size, page * size).map(tokenJson);
  return {
    status: 200,
    body: { data, pagination: pagination({ page, size, total: tokens.length }, data.length) },
  };
}

interface PageOf {
  readonly page: number;
  readonly size: number;
  readonly total: number;
}

function pagination({ page, size, total }: PageOf, onPage: number): object {
  const pages = Math.max(1, Math.ceil(total / size));
  const link = (rel: string, target: number): object => ({
    rel,
    uri: `/api-video/upload-tokens?currentPage=${target}&pageSize=${size}`,
  });
  return {
    currentPage: page,
    currentPageItems: onPage,
    pageSize: size,
    pagesTotal: pages,
    itemsTotal: total,
    links: [
      link('self', page),
      link('first', 1),
      ...(page < pages ? [link('next', page + 1)] : []),
      link('last', pages),
      ...(page > 1 ? [link('previous', page - 1)] : []),
    ],
  };
}

/** The Video API of production, as far as an audit reads it: upload tokens, and the exchange of a key for a token. */
export function apiVideoService(clock: Pick<Clock, 'now'>): Service {
  const windows = new RateWindows(READS, clock);
  return defineService<Caller>({
    name: 'api-video',
    prefix: '/api-video',
    authenticate,
    limit: (caller) => windows.ticket(caller.label),
    routes: [
      { method: 'POST', pattern: '/auth/api-key', answer: ({ exchange }) => exchangeKey(exchange) },
      {
        method: 'GET',
        pattern: '/upload-tokens',
        answer: ({ exchange, caller }) => listTokens(exchange, caller),
      },
    ],
    refuse: (status) => apiVideoProblem(status),
  });
}

import { createHash } from 'node:crypto';
import type { Answer, Exchange } from '../server/exchange.js';

/** Documented: 30 by default, at most 100. */
const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

/** One page of a list, with the `Link` header that leads on. */
export function githubPage(exchange: Exchange, items: readonly object[]): Answer {
  const perPage = Math.min(positive(exchange.query.get('per_page'), DEFAULT_PER_PAGE), MAX_PER_PAGE);
  const page = positive(exchange.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (rel: string, target: number): string => `<${pageUrl(exchange, target)}>; rel="${rel}"`;
  const links = [
    ...(page > 1 ? [link('prev', page - 1), link('first', 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
  ];
  const body = items.slice((page - 1) * perPage, page * perPage);
  return conditional(exchange, {
    status: 200,
    body,
    headers: links.length === 0 ? {} : { Link: links.join(', ') },
  });
}

/** Answers 304 without a body where the caller has this version already. */
export function conditional({ request }: Exchange, answer: Answer): Answer {
  const digest = createHash('sha256').update(JSON.stringify(answer.body)).digest('hex');
  const etag = `W/"${digest}"`;
  const headers = { ...answer.headers, ETag: etag };
  if (request.headers['if-none-match'] !== etag) return { ...answer, headers };
  return { status: 304, headers };
}

function pageUrl({ base, path, query }: Exchange, page: number): string {
  const next = new URLSearchParams(query);
  next.set('page', String(page));
  return `${base}${path}?${next.toString()}`;
}

function positive(text: string | null, fallback: number): number {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : fallback;
}

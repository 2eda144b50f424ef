import type { Answer, Exchange } from '../server/exchange.js';
import { apiVideoProblem } from './api-video-problem.js';

/** Documented: 20 by default, at most 100. */
const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** One page of a list of the Admin API; links are paths, as the vendor's guide shows them. */
export function adminPage(exchange: Exchange, items: readonly object[]): Answer {
  const page = wholeNumber(exchange.query.get('page'), 1);
  const size = wholeNumber(exchange.query.get('page_size'), DEFAULT_PAGE_SIZE);
  if (page === undefined || page < 1) return apiVideoProblem(400, 'page');
  if (size === undefined || size < 1 || size > MAX_PAGE_SIZE) return apiVideoProblem(400, 'page_size');
  const end = page * size;
  const link = (rel: string, target: number): object => ({ rel, href: hrefOf(exchange, target, size) });
  return {
    status: 200,
    body: {
      items: items.slice(end - size, end),
      pagination: { page, page_size: size, item_count: items.length },
      links: [
        ...(page > 1 ? [link('previous', page - 1)] : []),
        link('self', page),
        ...(end < items.length ? [link('next', page + 1)] : []),
      ],
    },
  };
}

function hrefOf({ base, path, query }: Exchange, page: number, size: number): string {
  const next = new URLSearchParams(query);
  next.set('page', String(page));
  next.set('page_size', String(size));
  return `${new URL(base).pathname}${path}?${next.toString()}`;
}

export function wholeNumber(text: string | null, fallback: number): number | undefined {
  if (text === null) return fallback;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

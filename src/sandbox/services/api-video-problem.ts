import type { Answer, RefusalStatus } from '../server/exchange.js';

const REFERENCE = 'https://docs.api.video/reference';

const PROBLEMS = {
  400: { slug: 'invalid-attribute', title: 'An attribute is invalid.' },
  401: { slug: 'authentication-invalid-api-key', title: 'The API key is missing or invalid.' },
  403: { slug: 'account-suspended', title: 'This account is suspended.' },
  404: { slug: 'resource-not-found', title: 'The requested resource was not found.' },
  405: { slug: 'method-not-allowed', title: 'This method is not allowed here.' },
  429: { slug: 'too-many-requests', title: 'Too many requests.' },
  500: { slug: 'server-error', title: 'Something went wrong.' },
} satisfies Record<RefusalStatus, { slug: string; title: string }>;

/** An error of api.video in its documented form. @param name the attribute that is wrong, for 400. */
export function apiVideoProblem(status: RefusalStatus, name?: string): Answer {
  const { slug, title } = PROBLEMS[status];
  const body = { type: `${REFERENCE}/${slug}`, title, status, ...(name === undefined ? {} : { name }) };
  return { status, body };
}

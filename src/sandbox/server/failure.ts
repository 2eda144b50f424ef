import { Readable } from 'node:stream';
import type { Answer, RefusalStatus, Service } from './exchange.js';

/** How a service of the sandbox is made to fail: a refusal in its vendor's form, or an answer that is broken. */
export const FAILURES = ['401', '403', '429', '500', 'malformed', 'cut-off'] as const;
export type Failure = (typeof FAILURES)[number];

const REFUSALS = { '401': 401, '403': 403, '429': 429, '500': 500 } satisfies Record<string, RefusalStatus>;

export function failingAnswer(service: Service, failure: Failure): Answer {
  if (failure === 'malformed') return json(Readable.from(['{"items": [{"name": ']));
  if (failure === 'cut-off') return json(cutOff());
  return service.refuse(REFUSALS[failure]);
}

const json = (stream: Readable): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  stream,
});

/** Ends with an error after a few bytes, so that the connection is dropped within the body. */
function cutOff(): Readable {
  async function* broken(): AsyncGenerator<string> {
    yield '{"items": [';
    // Lets the first bytes leave before the connection goes.
    await new Promise((resolve) => setTimeout(resolve, 5));
    throw new Error('cut off on purpose');
  }
  return Readable.from(broken());
}

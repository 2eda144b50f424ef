import type { Dispatcher } from 'undici';
import { hasMisleadingName } from '../core/misleading-names.js';
import type { Clock } from '../core/run-context.js';
import { withDeadline } from '../process/with-deadline.js';
import { GithubFault } from './github-fault.js';

export interface GuardOptions {
  /** The only origin that is ever asked. */
  readonly origin: string;
  /** The header's value, added to each request at the moment of sending, and held by nothing else on the way. */
  readonly authorization: () => Promise<string | undefined>;
  readonly dispatcherFor: (url: URL) => Promise<Dispatcher>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of every answer that came whole. */
  readonly answered?: (status: number, bytes: number) => void;
}

export interface FetchInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Answer = Dispatcher.ResponseData;

/** Anything else becomes a read. */
const METHODS = ['GET', 'POST', 'PATCH'] as const;
const MAX_REDIRECTS = 3;
/** Requests that take longer are slow, and all slow ones together may take so much longer. Our judgement. */
const SLOW_REQUEST_MS = 10_000;
const SLOW_BUDGET_MS = 15 * 60_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);
/** Statuses whose answers have no body, so that `Response` takes none. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * What octokit sends its requests with. A request, and with it the token, goes to one origin only, whatever a `Link` or a
 * redirect says. Bodies are bounded and whole: octokit would take a body that was cut off for an empty list.
 */
export function guardedFetch(options: GuardOptions): (url: string, init: FetchInit) => Promise<Response> {
  let slowMs = 0;
  return async (address, init) => {
    if (slowMs > SLOW_BUDGET_MS) throw new GithubFault('too-slow');
    const startMs = options.clock.now();
    try {
      // One time for all of it, redirects as well: who sends a byte now and then is never idle.
      return await withDeadline(options, (signal) => exchange(new URL(address), { init, options, signal }));
    } finally {
      slowMs += Math.max(0, options.clock.now() - startMs - SLOW_REQUEST_MS);
    }
  };
}

async function exchange(start: URL, sending: Sending): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (url.origin !== sending.options.origin) throw new GithubFault('foreign-host');
    const answer = await send(url, sending);
    const target = redirectTarget(answer, url);
    if (target === undefined) return await responseOf(answer, url, sending);
    await answer.body.dump();
    url = target;
  }
  throw new GithubFault('redirected');
}

interface Sending {
  readonly init: FetchInit;
  readonly options: GuardOptions;
  readonly signal: AbortSignal;
}

async function send(url: URL, { init, options, signal }: Sending): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = init;
  try {
    const { request } = await import('undici');
    return await request(url, {
      method: METHODS.find((known) => known === method) ?? 'GET',
      headers: { ...headers, ...(await authorized(options)) },
      signal,
      dispatcher: await options.dispatcherFor(url),
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    assertRunning(options);
    throw signal.aborted ? new GithubFault('timed-out') : error;
  }
}

async function authorized({ authorization }: GuardOptions): Promise<Record<string, string>> {
  const value = await authorization();
  return value === undefined ? {} : { authorization: value };
}

function redirectTarget({ statusCode, headers }: Answer, from: URL): URL | undefined {
  const location = headers['location'];
  if (!REDIRECTS.has(statusCode) || typeof location !== 'string') return undefined;
  if (!URL.canParse(location, from.href)) throw new GithubFault('redirected');
  return new URL(location, from.href);
}

async function responseOf(answer: Answer, url: URL, sending: Sending): Promise<Response> {
  const { options } = sending;
  const bytes = await readBody(answer, sending);
  const { statusCode: status } = answer;
  options.answered?.(status, bytes.length);
  if (status === 200) assertObject(bytes);
  // Octokit would take it for an empty list.
  if (status === 409) throw new GithubFault('conflict');
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const response = new Response(EMPTY.has(status) ? null : bytes, { status, headers });
  // Octokit reads page numbers out of it; the constructor cannot set it.
  return Object.defineProperty(response, 'url', { value: url.href });
}

async function readBody({ body }: Answer, { options, signal }: Sending): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      const part = Buffer.from(chunk as Uint8Array); // no encoding is set: always bytes
      size += part.length;
      if (size > options.maxBodyBytes) throw new GithubFault('too-large');
      chunks.push(part);
    }
  } catch (error) {
    assertRunning(options);
    if (error instanceof GithubFault) throw error;
    throw new GithubFault(signal.aborted ? 'timed-out' : 'cut-off');
  }
  return Buffer.concat(chunks);
}

/** Octokit repeats a request that ended with any other error, and an interrupted run has no time for that. */
function assertRunning({ signal }: GuardOptions): void {
  if (signal.aborted) throw new GithubFault('interrupted');
}

/** GitHub answers with objects and lists. Octokit would take `null`, or nothing, for an empty list. */
function assertObject(bytes: Buffer): void {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new GithubFault('malformed');
  }
  if (typeof value !== 'object' || value === null || hasMisleadingName(value)) {
    throw new GithubFault('malformed');
  }
}

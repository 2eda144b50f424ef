import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../core/run-context.js';
import type { Answer, Service, ServiceName } from './exchange.js';
import { type Failure, failingAnswer } from './failure.js';
import type { RequestLog } from './request-log.js';

export interface ListenOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly services: readonly Service[];
  readonly failures: ReadonlyMap<ServiceName, Failure>;
  readonly log: RequestLog;
  readonly clock: Pick<Clock, 'now'>;
}

export interface Listening {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Serves on the loopback address only: what the sandbox knows is fake, but nobody else's business. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = createServer();
  const stop = new AbortController();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${portOf(server)}`;
  const services = options.services.toSorted((left, right) => right.prefix.length - left.prefix.length);
  server.on('request', (request, response) => {
    void serve({ ...options, request, response, origin, services, signal: stop.signal });
  });
  return { origin, close: () => close(server, stop) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the sandbox has no port');
  return address.port;
}

function close(server: Server, stop: AbortController): Promise<void> {
  stop.abort(new Error('the sandbox was closed'));
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

interface Serving extends ListenOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly origin: string;
  readonly signal: AbortSignal;
}

async function serve(serving: Serving): Promise<void> {
  const { request, response, log, clock } = serving;
  const url = request.url ?? '/';
  const method = request.method ?? 'GET';
  const service = serving.services.find(({ prefix }) => url.startsWith(`${prefix}/`));
  const atMs = clock.now();
  let answer: Answer;
  try {
    answer = service === undefined ? { status: 404, body: {} } : await answerOf(service, serving);
  } catch {
    answer = { status: 500, body: {} };
  }
  log.add({ service: service?.name, method, url, status: answer.status, atMs });
  await send(response, answer, method);
}

function answerOf(service: Service, serving: Serving): Answer | Promise<Answer> {
  const { request, origin, signal, failures } = serving;
  const failure = failures.get(service.name);
  if (failure !== undefined) return failingAnswer(service, failure);
  const url = new URL(request.url ?? '/', origin);
  return service.handle({
    method: request.method ?? 'GET',
    path: url.pathname.slice(service.prefix.length),
    query: url.searchParams,
    base: `${origin}${service.prefix}`,
    request,
    signal,
  });
}

async function send(response: ServerResponse, answer: Answer, method: string): Promise<void> {
  response.writeHead(answer.status, {
    ...(answer.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...answer.headers,
  });
  if (answer.stream === undefined || method === 'HEAD') {
    answer.stream?.destroy();
    response.end(answer.body === undefined || method === 'HEAD' ? undefined : JSON.stringify(answer.body));
    return;
  }
  // A stream that breaks, or a client that leaves, drops the connection; neither is the server's end.
  await pipeline(answer.stream, response).catch(() => response.destroy());
}

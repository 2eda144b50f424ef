import type { Answer, Exchange, RefusalStatus, Service, ServiceName } from './exchange.js';
import type { RateTicket } from './rate-window.js';
import { findRoute, type Route } from './route.js';

export interface ServiceSketch<Caller> {
  readonly name: ServiceName;
  readonly prefix: string;
  readonly authenticate: (exchange: Exchange) => Caller | 401 | 403;
  /** Absent = the service documents no limit. */
  readonly limit?: (caller: Caller) => RateTicket;
  readonly routes: readonly Route<Caller>[];
  readonly refuse: (status: RefusalStatus) => Answer;
}

/**
 * A service in the order in which the real ones decide: a request that would change something (405, whoever asks),
 * credentials, rate limit, path.
 */
export function defineService<Caller extends object>(sketch: ServiceSketch<Caller>): Service {
  const { name, prefix, refuse } = sketch;
  const handle = (exchange: Exchange): Answer | Promise<Answer> => {
    const found = findRoute(sketch.routes, exchange);
    const isRead = exchange.method === 'GET' || exchange.method === 'HEAD';
    if (found === 405 || (found === 404 && !isRead)) return refuse(405);
    const caller = sketch.authenticate(exchange);
    if (typeof caller === 'number') return refuse(caller);
    const ticket = sketch.limit?.(caller);
    if (ticket?.allowed === false) return withHeaders(refuse(429), ticket.headers);
    if (found === 404) return refuse(404);
    const answer = found.route.answer({ exchange, params: found.params, caller });
    return Promise.resolve(answer).then((given) => withHeaders(given, ticket?.headers));
  };
  return { name, prefix, handle, refuse };
}

const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>> | undefined): Answer =>
  headers === undefined ? answer : { ...answer, headers: { ...headers, ...answer.headers } };

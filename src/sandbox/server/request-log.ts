import type { ServiceName } from './exchange.js';

/** One request that the sandbox answered. Never headers or bodies: those hold credentials. */
export interface LoggedRequest {
  readonly service: ServiceName | undefined;
  readonly method: string;
  /** With its query: a credential in a URL would show here, and a test looks for it. */
  readonly url: string;
  readonly status: number;
  /** Milliseconds of the sandbox's clock. */
  readonly atMs: number;
}

/** Far more than a demo sends; an endless client must not fill the memory. */
const MAX_ENTRIES = 100_000;

export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    if (this.#entries.length < MAX_ENTRIES) this.#entries.push(entry);
  }

  entries(): readonly LoggedRequest[] {
    return [...this.#entries];
  }

  /** Requests that would have changed something, and were refused. */
  refusedWrites(): readonly LoggedRequest[] {
    return this.#entries.filter((entry) => entry.status === 405);
  }
}

import { SLOW_REQUEST_MS, SOURCE_BUDGET } from './rate-limit.js';

/** What reading one source cost. */
export interface TrafficStats {
  /** Sent, retries included. */
  readonly requests: number;
  readonly retries: number;
  /** Time spent waiting for limits, pauses that the server asked for, and backoff, in milliseconds. */
  readonly waitedMs: number;
  /** How far the server's clock was ahead of ours in its last answer, in milliseconds; absent when it never told a time. */
  readonly serverAheadMs?: number;
}

/** Counts one source's requests, and keeps its budget of patience. */
export class Traffic {
  #requests = 0;
  #retries = 0;
  #waitedMs = 0;
  #patienceMs = SOURCE_BUDGET.waitMs;
  #bytes = 0;
  #records = 0;
  #slowMs = 0;
  #serverAheadMs: number | undefined;

  sent(): void {
    this.#requests += 1;
  }

  /** Told of each answer's body, and how long it was until its last byte. */
  received(bytes: number, tookMs: number): void {
    this.#bytes += bytes;
    this.#slowMs += Math.max(0, tookMs - SLOW_REQUEST_MS);
  }

  /** Why no further request may be sent, in words; undefined when one may. */
  get overspent(): string | undefined {
    if (this.#requests >= SOURCE_BUDGET.requests) return `more than ${SOURCE_BUDGET.requests} requests`;
    if (this.#bytes > SOURCE_BUDGET.bytes) return `more than ${SOURCE_BUDGET.bytes} bytes of answers in all`;
    if (this.#slowMs <= SOURCE_BUDGET.slowMs) return undefined;
    return `more than ${SOURCE_BUDGET.slowMs / 60_000} minutes spent on slow answers in all`;
  }

  /** Takes what a page lists from the budget; false when the budget does not have it. */
  takeRecords(count: number): boolean {
    if (this.#records + count > SOURCE_BUDGET.records) return false;
    this.#records += count;
    return true;
  }

  waited(ms: number): void {
    this.#waitedMs += ms;
  }

  /** Told the time that a server gave, and our own at that moment, both in milliseconds since 1970. */
  sawTime(serverMs: number, ownMs: number): void {
    this.#serverAheadMs = serverMs - ownMs;
  }

  /** Takes a retry after `waitMs` from the budget; false when the budget does not have it. */
  takeRetry(waitMs: number): boolean {
    if (this.#retries >= SOURCE_BUDGET.retries || !this.takePause(waitMs)) return false;
    this.#retries += 1;
    return true;
  }

  /** Takes a pause from the budget; false when the budget does not have it. */
  takePause(waitMs: number): boolean {
    if (waitMs > this.#patienceMs) return false;
    this.#patienceMs -= waitMs;
    return true;
  }

  get stats(): TrafficStats {
    const ahead = this.#serverAheadMs;
    return {
      requests: this.#requests,
      retries: this.#retries,
      waitedMs: Math.round(this.#waitedMs),
      ...(ahead === undefined ? {} : { serverAheadMs: ahead }),
    };
  }
}

import { SOURCE_BUDGET } from './rate-limit.js';

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
  #serverAheadMs: number | undefined;

  sent(): void {
    this.#requests += 1;
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

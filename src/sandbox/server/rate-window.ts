import type { Clock } from '../../core/run-context.js';

/** Whether a request may pass, with the headers that tell the caller how much is left. */
export interface RateTicket {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

interface Window {
  readonly startedAt: number;
  used: number;
}

/** Counts requests by caller in fixed windows: the vendor documents "seconds until the window resets". */
export class RateWindows {
  readonly #limit: RateLimit;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #windows = new Map<string, Window>();

  constructor(limit: RateLimit, clock: Pick<Clock, 'now'>) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** `refund` true: look without counting, as for answers that a vendor does not count. */
  take(
    caller: string,
    refund = false,
  ): { readonly allowed: boolean; readonly used: number; readonly resetsAt: number } {
    const { requests, windowMs } = this.#limit;
    const now = this.#clock.now();
    let window = this.#windows.get(caller);
    if (window === undefined || now - window.startedAt >= windowMs) {
      window = { startedAt: now, used: 0 };
      this.#windows.set(caller, window);
    }
    if (!refund) window.used += 1;
    return { allowed: window.used <= requests, used: window.used, resetsAt: window.startedAt + windowMs };
  }

  /** The headers that api.video documents. */
  ticket(caller: string): RateTicket {
    const { allowed, used, resetsAt } = this.take(caller);
    const seconds = Math.max(1, Math.ceil((resetsAt - this.#clock.now()) / 1_000));
    return {
      allowed,
      headers: {
        'X-RateLimit-Limit': String(this.#limit.requests),
        'X-RateLimit-Remaining': String(Math.max(0, this.#limit.requests - used)),
        'X-RateLimit-Retry-After': String(seconds),
      },
    };
  }
}

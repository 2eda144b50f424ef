import type { Clock } from '../core/run-context.js';
import { type RateLimit, SLACK } from './rate-limit.js';

export interface Passage {
  readonly signal: AbortSignal;
  /** Told how long the limit alone held the request up, in milliseconds. */
  readonly waited: (ms: number) => void;
}

/**
 * Lets requests through so that no window ever holds more than the limit. Two conditions: a distance to the last request,
 * so that they leave evenly, and a whole window (with slack) since the request that stands `requests` before, measured at
 * the moment it really left, so that a timer that fires late cannot push eleven into one second.
 */
export class RateGate {
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #departures: number[] = [];
  #holdUntil = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Runs `send` when its turn comes. First come, first served. @throws `signal.reason` when that is aborted. */
  async pass<T>(send: () => Promise<T>, passage: Passage): Promise<T> {
    await this.#enter();
    try {
      const turn = this.#queue.then(() => this.#awaitTurn(passage));
      this.#queue = turn.catch(() => undefined);
      await turn;
      return await send();
    } finally {
      // The first request opens the connection, so it arrives late, and what follows must count from its arrival.
      if (this.#departures.length === 1) this.#departures[0] = this.#clock.now();
      this.#leave();
    }
  }

  /** Nobody leaves before this moment (milliseconds since 1970): the server asked for a pause. */
  hold(untilMs: number): void {
    this.#holdUntil = Math.max(this.#holdUntil, untilMs);
  }

  async #awaitTurn({ signal, waited }: Passage): Promise<void> {
    signal.throwIfAborted();
    const from = this.#clock.now();
    // Again after each wait: timers may fire early, and a hold may have come meanwhile.
    for (let waitMs = this.#waitMs(); waitMs > 0; waitMs = this.#waitMs()) {
      await this.#clock.sleep(Math.ceil(waitMs), signal);
    }
    const departure = this.#clock.now();
    waited(departure - from);
    this.#departures.push(departure);
    if (this.#departures.length > this.#limit.requests) this.#departures.shift();
  }

  #waitMs(): number {
    const { requests, windowMs } = this.#limit;
    const last = this.#departures.at(-1);
    const oldest = this.#departures.length === requests ? this.#departures[0] : undefined;
    const earliest = Math.max(
      this.#holdUntil,
      // A little denser than the window needs, so that a late timer is caught up with.
      last === undefined ? 0 : last + (0.9 * windowMs) / requests,
      oldest === undefined ? 0 : oldest + windowMs * (1 + SLACK),
    );
    return earliest - this.#clock.now();
  }

  async #enter(): Promise<void> {
    while (this.#underWay >= this.#limit.concurrency) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#underWay += 1;
  }

  #leave(): void {
    this.#underWay -= 1;
    this.#waiting.shift()?.();
  }
}

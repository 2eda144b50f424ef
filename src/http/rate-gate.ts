import type { Clock } from '../core/run-context.js';
import { type RateLimit, SLACK } from './rate-limit.js';
import { RoundTrips } from './round-trips.js';

export interface Passage {
  readonly signal: AbortSignal;
  /** Told how long the limit alone held the request up, in milliseconds. */
  readonly waited: (ms: number) => void;
}

/**
 * Lets requests through so that no window of the server ever holds more than the limit, however late they arrive there.
 * There are as many places as the limit has requests. A request takes one and gives it back a whole window (with slack)
 * after its answer, the latest moment at which it can have arrived; less the time that the next one surely needs for its own
 * way. Of any `requests + 1` requests the last to leave found a place that an earlier one had given back, so the two arrive a
 * window apart.
 *
 * What is proved, and under what: with W the window, S its slack and T what the two ways surely take, the later one leaves
 * W + S - T after the answer to the earlier one. While T <= S (4 % of a second: 40 ms) that is a whole window, whatever the
 * network does. Beyond that it needs that no way there and another's way back together take T - S less than nothing: that they
 * are not suddenly more than 40 ms shorter than the shortest round trip ever seen less the spread of late. No rule can do
 * without: only the time of sending and of the answer are known, so one that is always sure gives ten requests in W and a
 * round trip, which costs more than 5 % from 50 ms on.
 *
 * Besides, a distance to the last request, so that they leave evenly.
 */
export class RateGate {
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #trips: RoundTrips;
  /** When the requests that still hold a place were answered, oldest first. */
  readonly #answers: number[] = [];
  #lastDeparture = Number.NEGATIVE_INFINITY;
  #holdUntil = 0;
  #queue: Promise<unknown> = Promise.resolve();
  /** Let in: waiting for their turn, or sent and not yet answered. */
  #underWay = 0;
  #sent = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
    this.#trips = new RoundTrips(2 * limit.requests);
  }

  /** Runs `send` when its turn comes. First come, first served. @throws `signal.reason` when that is aborted. */
  async pass<T>(send: () => Promise<T>, passage: Passage): Promise<T> {
    await this.#enter();
    try {
      const turn = this.#queue.then(() => this.#awaitTurn(passage));
      this.#queue = turn.catch(() => undefined);
      return await this.#timed(send, await turn);
    } finally {
      this.#leave();
    }
  }

  /** Nobody leaves before this moment (milliseconds since 1970): the server asked for a pause. */
  hold(untilMs: number): void {
    this.#holdUntil = Math.max(this.#holdUntil, untilMs);
  }

  async #timed<T>(send: () => Promise<T>, departure: number): Promise<T> {
    try {
      return await send();
    } finally {
      const now = this.#clock.now();
      this.#sent -= 1;
      this.#answers.push(now);
      this.#trips.add(now - departure);
    }
  }

  /** Takes a place, and answers when. */
  async #awaitTurn({ signal, waited }: Passage): Promise<number> {
    signal.throwIfAborted();
    const from = this.#clock.now();
    // Again after each wait: timers may fire early, and a hold may have come meanwhile.
    for (let waitMs = this.#waitMs(); waitMs > 0; waitMs = this.#waitMs()) {
      await this.#clock.sleep(Math.ceil(waitMs), signal);
    }
    const departure = this.#clock.now();
    waited(departure - from);
    if (this.#isFull()) this.#answers.shift();
    this.#sent += 1;
    this.#lastDeparture = departure;
    return departure;
  }

  #waitMs(): number {
    const { requests, windowMs } = this.#limit;
    const oldest = this.#isFull() ? this.#answers[0] : undefined;
    const earliest = Math.max(
      this.#holdUntil,
      // A little denser than the window needs, so that a late timer is caught up with.
      this.#lastDeparture + (0.9 * windowMs) / requests,
      oldest === undefined ? 0 : oldest + windowMs * (1 + SLACK) - this.#trips.surelyMs,
    );
    return earliest - this.#clock.now();
  }

  #isFull(): boolean {
    return this.#sent + this.#answers.length >= this.#limit.requests;
  }

  async #enter(): Promise<void> {
    // Never more than there are places: who waits for one must find one that was answered.
    const most = Math.min(this.#limit.concurrency, this.#limit.requests);
    if (this.#underWay < most) this.#underWay += 1;
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }

  /** Hands its place on, so that nobody can overtake who waits. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#underWay -= 1;
    else next();
  }
}

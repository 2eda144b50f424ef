import type { Clock } from '../../src/core/run-context.js';
import { START_MS } from './collect-context.js';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** Turns of the event loop after which nothing in memory is still on its way. */
const TURNS = 4;

/**
 * A clock on which many wait at once, each for its own time: it moves to the next timer only when nobody has anything
 * left to do. Time passes only while {@link run} does.
 */
export class SimulatedClock implements Clock {
  #nowMs = START_MS;
  readonly #timers: Timer[] = [];

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      const ring = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      this.#timers.push({ at: this.#nowMs + ms, ring });
    });
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let running = true;
    const done = work.finally(() => {
      running = false;
    });
    done.catch(() => undefined);
    while (running) {
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (running) this.#ringNext();
    }
    return done;
  }

  #ringNext(): void {
    let next = 0;
    for (const [index, { at }] of this.#timers.entries()) {
      if (at < (this.#timers[next]?.at ?? at)) next = index;
    }
    const [timer] = this.#timers.splice(next, 1);
    if (timer === undefined) throw new Error('everybody waits, and nobody for a time');
    this.#nowMs = Math.max(this.#nowMs, timer.at);
    timer.ring();
  }
}

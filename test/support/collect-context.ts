import type { Clock } from '../../src/core/run-context.js';
import type { CollectContext } from '../../src/inventory/collect.js';

/** Where the tests' time begins. */
export const START_MS = Date.parse('2026-11-01T00:00:00.000Z');

/** A clock on which waiting takes no time: it jumps to the end of each wait, and remembers how long it was. */
export class JumpingClock implements Clock {
  readonly sleeps: number[] = [];
  #nowMs = START_MS;

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    this.sleeps.push(ms);
    this.#nowMs += ms;
    return Promise.resolve();
  }
}

export interface TestContext extends CollectContext {
  readonly clock: JumpingClock;
  readonly notes: string[];
}

/** All that collecting needs, without real waiting, without jitter (each backoff is the longest), with short limits. */
export function testContext(
  env: Readonly<Record<string, string>>,
  more: Partial<Pick<CollectContext, 'signal' | 'pepper' | 'requestTimeoutMs' | 'maxBodyBytes'>> = {},
): TestContext {
  const notes: string[] = [];
  return {
    signal: new AbortController().signal,
    clock: new JumpingClock(),
    progress: { note: (message) => notes.push(message), detail: (message) => notes.push(message) },
    notes,
    env,
    random: () => 1,
    requestTimeoutMs: 2000,
    maxBodyBytes: 100_000,
    ...more,
  };
}

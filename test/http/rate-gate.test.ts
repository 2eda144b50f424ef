import { describe, expect, it } from 'vitest';
import { RateGate } from '../../src/http/rate-gate.js';
import { RATE_LIMITS } from '../../src/http/rate-limit.js';
import { JumpingClock, START_MS } from '../support/collect-context.js';

const never = new AbortController().signal;
const limit = { ...RATE_LIMITS.apiVideoAdmin, concurrency: 1000 };
const passage = { signal: never, waited: () => undefined };

/** The most departures within any window of `windowMs`, counted at every departure. */
function busiest(departures: readonly number[], windowMs: number): number {
  const counts = departures.map(
    (from) => departures.filter((at) => at >= from && at < from + windowMs).length,
  );
  return Math.max(...counts);
}

/** A clock whose timers fire late by a pattern that looks random, as real ones do. */
class LateClock extends JumpingClock {
  #step = 0;

  override sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.#step = (this.#step * 1103515245 + 12345) % 2147483648;
    return super.sleep(ms + (this.#step % 97), signal);
  }
}

async function departuresOf(clock: JumpingClock, requests: number): Promise<number[]> {
  const gate = new RateGate(limit, clock);
  const departures: number[] = [];
  const send = (): Promise<number> => Promise.resolve(departures.push(clock.now() - START_MS));
  await Promise.all(Array.from({ length: requests }, () => gate.pass(send, passage)));
  return departures;
}

describe('RateGate', () => {
  it.each([
    ['timers that fire on time', new JumpingClock()],
    ['timers that fire late', new LateClock()],
  ])('never lets more than ten through in a second, with %s', async (_name, clock) => {
    const departures = await departuresOf(clock, 500);
    expect(departures).toHaveLength(500);
    expect(busiest(departures, 1000)).toBeLessThanOrEqual(10);
  });

  it('lets the eleventh through as soon as a second and its slack are over', async () => {
    const departures = await departuresOf(new JumpingClock(), 500);
    expect(busiest(departures, 1041)).toBe(11);
  });

  it('takes at most 5 % more time than ten a second', async () => {
    const departures = await departuresOf(new JumpingClock(), 4000);
    expect(departures.at(-1)).toBeLessThan(400_000 * 1.05);
  });

  it('lets nobody through while it is held', async () => {
    const clock = new JumpingClock();
    const gate = new RateGate(limit, clock);
    gate.hold(START_MS + 5000);
    gate.hold(START_MS + 2000);
    expect(await gate.pass(() => Promise.resolve(clock.now()), passage)).toBe(START_MS + 5000);
  });

  it('counts the first request, which opens the connection, from its answer', async () => {
    const clock = new JumpingClock();
    const gate = new RateGate(limit, clock);
    await gate.pass(() => clock.sleep(200, never), passage);
    expect(await gate.pass(() => Promise.resolve(clock.now() - START_MS), passage)).toBe(290);
  });

  it('keeps to the number of requests that may be under way', async () => {
    const gate = new RateGate({ ...limit, concurrency: 2 }, new JumpingClock());
    let underWay = 0;
    let most = 0;
    const send = async (): Promise<void> => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => gate.pass(send, passage)));
    expect(most).toBe(2);
  });

  it('goes on after a request that failed', async () => {
    const gate = new RateGate({ ...limit, concurrency: 1 }, new JumpingClock());
    await expect(gate.pass(() => Promise.reject(new Error('failed')), passage)).rejects.toThrow('failed');
    expect(await gate.pass(() => Promise.resolve('next'), passage)).toBe('next');
  });

  it('ends all who wait at once on an interrupt', async () => {
    const controller = new AbortController();
    const gate = new RateGate({ ...limit, concurrency: 1 }, new JumpingClock());
    const waiting = Array.from({ length: 3 }, () =>
      gate.pass(() => Promise.reject(controller.signal.reason as Error), {
        ...passage,
        signal: controller.signal,
      }),
    );
    controller.abort(new Error('interrupted'));
    const results = await Promise.allSettled(waiting);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

describe('the table of limits', () => {
  it.each(Object.entries(RATE_LIMITS))('%s gives the source of its number', (_name, { source }) => {
    expect(source.length).toBeGreaterThan(20);
  });
});

import { describe, expect, it } from 'vitest';
import { RateGate } from '../../src/http/rate-gate.js';
import { RATE_LIMITS } from '../../src/http/rate-limit.js';
import { JumpingClock, START_MS } from '../support/collect-context.js';
import { busiestWindow } from '../support/simulated-account.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const never = new AbortController().signal;
const limit = RATE_LIMITS.apiVideoAdmin;
const passage = { signal: never, waited: () => undefined };

/** Numbers in [0, 1) that look random and are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How long one way takes, in milliseconds. */
type Way = () => number;

interface Roads {
  readonly there: Way;
  readonly back: Way;
  readonly concurrency?: number;
}

/** When each of the requests arrived at a server at the end of these ways, and when the last was answered. */
async function arrivalsOver({ there, back, concurrency = 6 }: Roads, requests: number) {
  const clock = new SimulatedClock();
  const gate = new RateGate({ ...limit, concurrency }, clock);
  const arrivals: number[] = [];
  const send = async (): Promise<void> => {
    await clock.sleep(there(), never);
    arrivals.push(clock.now() - START_MS);
    await clock.sleep(back(), never);
  };
  await clock.run(Promise.all(Array.from({ length: requests }, () => gate.pass(send, passage))));
  return { arrivals, tookMs: clock.now() - START_MS };
}

describe('a server that counts every second by what arrives', () => {
  const JITTERS = [5, 30, 100, 400, 1500];
  it.each(JITTERS)('never sees more than ten, with up to %i ms of jitter on each way', async (jitterMs) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = seeded(seed);
      const base = random() * 200;
      const way: Way = () => Math.round(base + random() * jitterMs);
      const { arrivals } = await arrivalsOver({ there: way, back: way }, 300);
      expect(arrivals).toHaveLength(300);
      expect(busiestWindow(arrivals, 1000), `seed ${seed}`).toBeLessThanOrEqual(10);
    }
  });

  it('never sees more than ten when a stalled network lets what it held go at once', async () => {
    const random = seeded(7);
    const clock = new SimulatedClock();
    const gate = new RateGate({ ...limit, concurrency: 1000 }, clock);
    const arrivals: number[] = [];
    const send = async (): Promise<void> => {
      // Every three seconds the way there is closed for one second, and what waits arrives together.
      const inPeriod = (clock.now() - START_MS) % 3000;
      await clock.sleep(20 + (inPeriod < 1000 ? 1000 - inPeriod : 0), never);
      arrivals.push(clock.now());
      await clock.sleep(Math.round(random() * 40), never);
    };
    await clock.run(Promise.all(Array.from({ length: 500 }, () => gate.pass(send, passage))));
    expect(busiestWindow(arrivals, 1000)).toBeLessThanOrEqual(10);
  });

  it('never sees more than ten when the first requests have to open their connections', async () => {
    let sent = 0;
    const there: Way = () => ((sent += 1) <= 6 ? 700 : 20);
    const { arrivals } = await arrivalsOver({ there, back: () => 20 }, 300);
    expect(busiestWindow(arrivals, 1000)).toBeLessThanOrEqual(10);
  });
});

/**
 * Each round trip takes as long as given, but when in it a request arrives is up to an adversary: at once, at the very end,
 * or anywhere between.
 */
async function mostAgainst(adversary: { readonly tripMs: Way; readonly there: (tripMs: number) => number }) {
  const clock = new SimulatedClock();
  const gate = new RateGate(limit, clock);
  const arrivals: number[] = [];
  const send = async (): Promise<void> => {
    const tripMs = adversary.tripMs();
    const there = adversary.there(tripMs);
    await clock.sleep(there, never);
    arrivals.push(clock.now());
    await clock.sleep(tripMs - there, never);
  };
  await clock.run(Promise.all(Array.from({ length: 300 }, () => gate.pass(send, passage))));
  return busiestWindow(arrivals, 1000);
}

describe('against an adversary that decides when in its round trip a request arrives', () => {
  const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

  it.each(SEEDS)(
    'no window holds more than ten while round trips take up to 40 ms (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const longest = Math.round(random() * 40);
      const extreme = (tripMs: number): number => (random() < 0.5 ? 0 : tripMs);
      const anywhere = (tripMs: number): number => Math.round(random() * tripMs);
      for (const there of [extreme, anywhere]) {
        expect(await mostAgainst({ tripMs: () => longest, there })).toBeLessThanOrEqual(10);
        const tripMs = (): number => Math.round(random() * 40);
        expect(await mostAgainst({ tripMs, there })).toBeLessThanOrEqual(10);
      }
    },
  );

  it.each(SEEDS)('nor at longer ones while the ways there differ by up to 40 ms (seed %i)', async (seed) => {
    const random = seeded(seed);
    const tripMs = 60 + Math.round(random() * 400);
    const shortest = Math.round(random() * (tripMs - 40));
    const there = (): number => shortest + (random() < 0.5 ? 0 : 40);
    expect(await mostAgainst({ tripMs: () => tripMs, there })).toBeLessThanOrEqual(10);
  });

  it.each(SEEDS)('nor where they differ by more and the round trips by as much (seed %i)', async (seed) => {
    const random = seeded(seed);
    const [there, back] = [() => Math.round(random() * 300), () => 50 + Math.round(random() * 300)];
    const { arrivals } = await arrivalsOver({ there, back }, 300);
    expect(busiestWindow(arrivals, 1000)).toBeLessThanOrEqual(10);
  });
});

describe('at a constant round trip', () => {
  // Six under way are enough for ten a second up to 600 ms; the account with 1,000 projects is in the inventory's tests.
  it.each([0, 50, 200, 500])('of %i ms, requests take at most 5 % more than ten a second', async (tripMs) => {
    const way: Way = () => tripMs / 2;
    const { arrivals, tookMs } = await arrivalsOver({ there: way, back: way }, 2000);
    expect(tookMs).toBeLessThan(200_000 * 1.05);
    expect(busiestWindow(arrivals, 1000)).toBe(10);
    expect(busiestWindow(arrivals, 1042)).toBe(11);
  });
});

/** A clock whose timers fire late by a pattern that looks random, as real ones do. */
class LateClock extends SimulatedClock {
  readonly #random = seeded(3);

  override sleep(ms: number, signal: AbortSignal): Promise<void> {
    return super.sleep(ms + Math.floor(this.#random() * 97), signal);
  }
}

describe('RateGate', () => {
  it('lets the eleventh through after a second and its slack, also with timers that fire late', async () => {
    const clock = new LateClock();
    const gate = new RateGate(limit, clock);
    const departures: number[] = [];
    const send = (): Promise<number> => Promise.resolve(departures.push(clock.now()));
    await clock.run(Promise.all(Array.from({ length: 200 }, () => gate.pass(send, passage))));
    expect(busiestWindow(departures, 1000)).toBeLessThanOrEqual(10);
  });

  it('lets requests through in the order in which they came', async () => {
    const random = seeded(5);
    const clock = new SimulatedClock();
    const gate = new RateGate(limit, clock);
    const order: number[] = [];
    const sends = Array.from({ length: 60 }, (_, index) => () => {
      order.push(index);
      return clock.sleep(Math.round(random() * 900), never);
    });
    await clock.run(Promise.all(sends.map((send) => gate.pass(send, passage))));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('lets nobody through while it is held', async () => {
    const clock = new JumpingClock();
    const gate = new RateGate(limit, clock);
    gate.hold(START_MS + 5000);
    gate.hold(START_MS + 2000);
    expect(await gate.pass(() => Promise.resolve(clock.now()), passage)).toBe(START_MS + 5000);
  });

  it.each([
    [2, 2],
    [1000, 10],
  ])(
    'with %i allowed under way keeps to %i, and never to more than a window holds',
    async (allowed, most) => {
      const clock = new SimulatedClock();
      const gate = new RateGate({ ...limit, concurrency: allowed }, clock);
      let underWay = 0;
      let seen = 0;
      const send = async (): Promise<void> => {
        seen = Math.max(seen, (underWay += 1));
        await clock.sleep(5000, never);
        underWay -= 1;
      };
      await clock.run(Promise.all(Array.from({ length: 30 }, () => gate.pass(send, passage))));
      expect(seen).toBe(most);
    },
  );

  it('counts a request that failed as one that arrived, and goes on', async () => {
    const clock = new SimulatedClock();
    const gate = new RateGate(limit, clock);
    const arrivals: number[] = [];
    const send = async (): Promise<void> => {
      arrivals.push(clock.now());
      await clock.sleep(30, never);
      throw new Error('failed');
    };
    const all = Promise.allSettled(Array.from({ length: 40 }, () => gate.pass(send, passage)));
    const results = await clock.run(all);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(arrivals).toHaveLength(40);
    expect(busiestWindow(arrivals, 1000)).toBeLessThanOrEqual(10);
  });

  it('ends all who wait at once on an interrupt', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const clock = new SimulatedClock();
    const gate = new RateGate({ ...limit, concurrency: 3 }, clock);
    const stuck = (): Promise<void> => clock.sleep(1_000_000, signal);
    const waiting = Array.from({ length: 30 }, () => gate.pass(stuck, { ...passage, signal }));
    setImmediate(() => controller.abort(new Error('interrupted')));
    const results = await Promise.allSettled(waiting);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(clock.now()).toBe(START_MS);
  });
});

describe('the table of limits', () => {
  it.each(Object.entries(RATE_LIMITS))('%s gives the source of its number', (_name, { source }) => {
    expect(source.length).toBeGreaterThan(20);
  });
});

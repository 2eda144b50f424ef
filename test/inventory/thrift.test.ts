import { describe, expect, it } from 'vitest';
import { collectInventory } from '../../src/inventory/collect.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { START_MS, testContext } from '../support/collect-context.js';
import { busiestWindow, leastRequests, simulateAccount } from '../support/simulated-account.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const KEY = fakeKey('api-video', 'admin');

// Six requests may be under way at once, which is enough for ten a second up to a round trip of 600 ms.
describe.each([
  [10, 0],
  [100, 50],
  [1000, 0],
  [1000, 50],
  [1000, 200],
])('an account of %i projects with three keys each, at a round trip of %i ms', (projects, latencyMs) => {
  it('is read with the fewest requests, never more than ten a second, and within 5 % of the shortest time', async () => {
    const clock = new SimulatedClock();
    const context = testContext({ KEY });
    const account = simulateAccount(projects, { clock, latencyMs });
    const source = { id: 'v', vendor: 'api-video', baseUrl: account.origin, credential: { env: 'KEY' } };
    const { inventory, stats } = await clock.run(
      collectInventory([source], { ...context, clock, dispatcher: account.dispatcher }),
    );
    await account.close();
    expect(inventory.keys).toHaveLength(3 * projects + 1);
    expect(inventory.coverage.every(({ status }) => status === 'complete')).toBe(true);
    expect(context.notes.filter((note) => note.endsWith('projects read')).length).toBe(
      Math.ceil(projects / 50) - 1,
    );
    expect(account.arrivals).toHaveLength(leastRequests(projects));
    expect(stats).toMatchObject([{ requests: leastRequests(projects), retries: 0 }]);
    expect(busiestWindow(account.arrivals, 1000)).toBeLessThanOrEqual(10);
    const tookMs = clock.now() - START_MS;
    expect(tookMs).toBeLessThan((leastRequests(projects) / 10) * 1000 * 1.05);
  });
});

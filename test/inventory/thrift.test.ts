import { describe, expect, it } from 'vitest';
import { collectInventory } from '../../src/inventory/collect.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { START_MS, testContext } from '../support/collect-context.js';
import { leastRequests, simulateAccount } from '../support/simulated-account.js';

const KEY = fakeKey('api-video', 'admin');

describe.each([10, 100, 1000])('an account of %i projects with three keys each', (projects) => {
  it('is read with the fewest requests, never more than ten a second, and within 5 % of the shortest time', async () => {
    const context = testContext({ KEY });
    const account = simulateAccount(projects, context.clock);
    const source = { id: 'v', vendor: 'api-video', baseUrl: account.origin, credential: { env: 'KEY' } };
    const { inventory, stats } = await collectInventory([source], { ...context, dispatcher: account.agent });
    await account.agent.close();
    expect(inventory.keys).toHaveLength(3 * projects + 1);
    expect(inventory.coverage.every(({ status }) => status === 'complete')).toBe(true);
    expect(context.notes.filter((note) => note.endsWith('projects read')).length).toBe(
      Math.ceil(projects / 50) - 1,
    );
    expect(account.refused()).toBe(0);
    expect(account.arrivals).toHaveLength(leastRequests(projects));
    expect(stats).toMatchObject([{ requests: leastRequests(projects), retries: 0 }]);
    const tookMs = (account.arrivals.at(-1) ?? 0) - START_MS;
    expect(tookMs).toBeLessThan((leastRequests(projects) / 10) * 1000 * 1.05);
  });
});

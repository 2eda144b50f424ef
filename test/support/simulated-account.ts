import { type Dispatcher, MockAgent } from 'undici';
import { adminPage, apiKey, delivered, hosted, project } from './api-video-answers.js';
import type { SimulatedClock } from './simulated-clock.js';

const ORIGIN = 'https://admin.example';
const KEYS_PER_PROJECT = 3;
const never = new AbortController().signal;

export interface SimulatedAccount {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** When each request came, on the simulated clock. */
  readonly arrivals: readonly number[];
  readonly close: () => Promise<void>;
}

/** The most arrivals within any window, counted from each arrival. */
export function busiestWindow(arrivals: readonly number[], windowMs: number): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [index, at] of sorted.entries()) {
    while ((sorted[from] ?? at) <= at - windowMs) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

/**
 * An api.video account in memory, with the given number of projects of three keys each, every tenth of them idle.
 * @param latencyMs from sending to the answer; half of it passes before the request arrives
 */
export function simulateAccount(
  projects: number,
  { clock, latencyMs }: { readonly clock: SimulatedClock; readonly latencyMs: number },
): SimulatedAccount {
  const arrivals: number[] = [];
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent
    .get(ORIGIN)
    .intercept({ path: () => true, method: 'GET' })
    .reply(({ path }) => {
      const data = JSON.stringify(answer(new URL(path, ORIGIN), projects));
      return { statusCode: 200, data, responseOptions: { headers: { 'content-type': 'application/json' } } };
    })
    .persist();
  const underWay = async (): Promise<void> => {
    await clock.sleep(latencyMs / 2, never);
    arrivals.push(clock.now());
    await clock.sleep(latencyMs / 2, never);
  };
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    void underWay().then(() => dispatch(options, handler));
    return true;
  });
  return { dispatcher, origin: ORIGIN, arrivals, close: () => agent.close() };
}

function answer(url: URL, projects: number): unknown {
  const [, , id = '', part = ''] = url.pathname.split('/');
  if (part === 'delivery-usage') return delivered(isIdle(id) ? 0 : 5);
  if (part === 'hosting-usage') return hosted(1);
  if (part === 'api-keys') {
    const keys = Array.from({ length: KEYS_PER_PROJECT }, (_, index) => apiKey(`${id}-k${index}`));
    return adminPage(keys, { total: KEYS_PER_PROJECT });
  }
  const page = Number(url.searchParams.get('page'));
  const from = (page - 1) * 100;
  const count = Math.min(100, projects - from);
  const items = Array.from({ length: count }, (_, index) => project(`p${from + index}`));
  const next = from + count < projects ? { next: `/projects?page=${page + 1}` } : {};
  return adminPage(items, { total: projects, ...next });
}

const isIdle = (id: string): boolean => id.endsWith('0');

/** The fewest requests that tell all of that account: pages, keys and delivery of each, hosting of the idle ones. */
export const leastRequests = (projects: number): number =>
  Math.ceil(projects / 100) + 2 * projects + Math.ceil(projects / 10);

import { MockAgent } from 'undici';
import type { JumpingClock } from './collect-context.js';
import { adminPage, apiKey, delivered, hosted, project } from './api-video-answers.js';

const ORIGIN = 'https://admin.example';
const KEYS_PER_PROJECT = 3;

export interface SimulatedAccount {
  readonly agent: MockAgent;
  readonly origin: string;
  /** When each request came, on the simulated clock. */
  readonly arrivals: readonly number[];
  /** How many were refused because their one-second window was full. */
  readonly refused: () => number;
}

/**
 * An api.video account in memory, with the given number of projects of three keys each, every tenth of them idle.
 * It holds the documented limit strictly, over every window of one second of the simulated time.
 */
export function simulateAccount(projects: number, clock: JumpingClock): SimulatedAccount {
  const arrivals: number[] = [];
  let refused = 0;
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent
    .get(ORIGIN)
    .intercept({ path: () => true, method: 'GET' })
    .reply(({ path }) => {
      const now = clock.now();
      arrivals.push(now);
      const isFull = arrivals.filter((at) => at > now - 1000).length > 10;
      if (isFull) refused += 1;
      const data = isFull ? { status: 429 } : answer(new URL(path, ORIGIN), projects);
      const responseOptions = { headers: { 'content-type': 'application/json' } };
      return { statusCode: isFull ? 429 : 200, data: JSON.stringify(data), responseOptions };
    })
    .persist();
  return { agent, origin: ORIGIN, arrivals, refused: () => refused };
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

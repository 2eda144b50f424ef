// An api.video account of any size in memory, on a clock of its own: strict about ten requests within any second.
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';

// Not imported: what is imported first cannot be replaced later, and who uses the account may want to.
const { Dispatcher } = createRequire(import.meta.url)('undici');
const ROUND_TRIP_MS = 50;
export const START_MS = Date.parse('2026-11-01T00:00:00Z');
const DATE = '2025-01-01T12:00:00Z';

/** Goes to the next timer once nobody has anything left to do. */
export class Clock {
  nowMs = START_MS;
  #timers = [];

  now() {
    return this.nowMs;
  }

  sleep(ms) {
    return new Promise((ring) => this.#timers.push({ at: this.nowMs + ms, ring }));
  }

  async run(work) {
    let isRunning = true;
    const done = work.finally(() => (isRunning = false));
    while (isRunning) {
      for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const at = Math.min(...this.#timers.map((timer) => timer.at));
      const next = this.#timers.findIndex((timer) => timer.at === at);
      // Somebody works on something else, such as files.
      if (next < 0) {
        await delay(1);
        continue;
      }
      const [{ ring }] = this.#timers.splice(next, 1);
      this.nowMs = Math.max(this.nowMs, at);
      ring();
    }
    return done;
  }
}

const page = (items, total, next) => ({
  items,
  pagination: { item_count: total },
  links: next === undefined ? [] : [{ rel: 'next', href: next }],
});

function answerTo(url, { projects, perProject }) {
  const [, , id = '', part = ''] = url.pathname.split('/');
  if (part === 'delivery-usage') {
    const minutes = id.endsWith('0') ? 0 : 5;
    const day = { collected_on: '2026-10-31', video_hls_duration_minutes: minutes };
    return { items: [{ ...day, video_mp4_duration_minutes: 0, live_stream_hls_duration_minutes: 0 }] };
  }
  if (part === 'hosting-usage') return { items: [{ collected_on: '2026-10-31', video_duration_minutes: 1 }] };
  if (part === 'api-keys')
    return page(
      Array.from({ length: perProject }, (_, at) => key(`${id}k${at}`)),
      perProject,
    );
  const at = Number(url.searchParams.get('page'));
  const from = (at - 1) * 100;
  const count = Math.min(100, projects - from);
  const items = Array.from({ length: count }, (_, i) => project(`p${from + i}`));
  return page(items, projects, from + count < projects ? `/projects?page=${at + 1}` : undefined);
}

export const valueOf = (id) => fakeKey('api-video', id);
const key = (id) => ({ api_key_id: id, name: `Key ${id}`, created_at: DATE, value: valueOf(id) });
const project = (id) => ({
  project_id: id,
  name: `Project ${id}`,
  created_at: DATE,
  deletes_at: null,
  deleted: false,
});

export class Account extends Dispatcher {
  refused = 0;
  requests = 0;
  #last = [];

  /** @param size its `projects`, and how many keys each has: `perProject` */
  constructor(clock, size) {
    super();
    this.clock = clock;
    this.size = size;
  }

  dispatch(options, handler) {
    void this.#serve(options, handler);
    return true;
  }

  async #serve({ path }, handler) {
    handler.onConnect(() => undefined, null);
    await this.clock.sleep(ROUND_TRIP_MS / 2);
    this.requests += 1;
    this.#last = [...this.#last.filter((at) => at > this.clock.nowMs - 1000), this.clock.nowMs];
    const isTooMany = this.#last.length > 10;
    if (isTooMany) this.refused += 1;
    const body = Buffer.from(
      JSON.stringify(isTooMany ? {} : answerTo(new URL(path, 'https://admin.example'), this.size)),
    );
    await this.clock.sleep(ROUND_TRIP_MS / 2);
    const headers = [Buffer.from('content-type'), Buffer.from('application/json')];
    handler.onHeaders(isTooMany ? 429 : 200, headers, () => undefined, '');
    handler.onData(body);
    handler.onComplete([]);
  }

  close() {
    return Promise.resolve();
  }

  destroy() {
    return Promise.resolve();
  }
}

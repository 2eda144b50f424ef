// What the three vendors may answer, through the whole of each client.
import { parseJson } from '../../../../dist/http/parse-json.js';
import { dateMs, isUsedUp, retryAfterMs } from '../../../../dist/http/retry-after.js';
import { paginate } from '../../../../dist/http/paginate.js';
import { collectInventory } from '../../../../dist/inventory/collect.js';
import { writeInventory } from '../../../../dist/inventory/record.js';
import { fakeKey } from '../../../../dist/sandbox/fake-keys.js';
import { Answering, quiet } from '../answering.mjs';
import { mutateJson, mutateText } from '../mutate.mjs';

const links = (next) => [
  { rel: 'self', href: '/x' },
  ...(next === undefined ? [] : [{ rel: 'next', href: next }]),
];
const page = (items, next) => ({
  items,
  pagination: { page: 1, item_count: items.length },
  links: links(next),
});

const PROJECT = {
  project_id: 'pr1',
  name: 'Web',
  created_at: '2024-02-05T00:00:00+01:00',
  deletes_at: null,
  deleted: false,
};
const KEY = {
  api_key_id: 'k1',
  name: 'web',
  created_at: '2025-01-01T12:00:00Z',
  value: fakeKey('api-video', 'fuzz'),
};
const DAY = {
  collected_on: '2026-10-31',
  video_hls_duration_minutes: 0,
  video_mp4_duration_minutes: 0,
  live_stream_hls_duration_minutes: 0,
};
const TOKEN = {
  token: fakeKey('api-video', 'upload'),
  ttl: 60,
  createdAt: '2025-01-01T12:00:00Z',
  expiresAt: '2027-01-01T12:00:00Z',
};

/** The parts of an api.video account, by what a request's path ends with. */
const API_VIDEO = {
  projects: page([PROJECT]),
  'api-keys': page([KEY, { ...KEY, api_key_id: 'k2' }]),
  'delivery-usage': { items: [DAY] },
  'hosting-usage': { items: [{ collected_on: '2026-10-31', video_duration_minutes: 1 }] },
  'upload-tokens': { data: [TOKEN], pagination: { itemsTotal: 1, links: [{ rel: 'self', uri: '/x' }] } },
};
const VIDBEO = {
  success: true,
  result: [
    {
      id: 'vk1',
      type: 'api',
      name: 'web',
      created_time: '2025-01-01T12:00:00Z',
      updated_time: null,
      permissions: ['fetch'],
      ips: ['10.0.0.0/8'],
      created_by: 'u1',
    },
  ],
  links: {},
  errors: [],
};
const XR = { whoami: { organizationId: 7 }, organization: { id: 7, projects: [{ id: 1, name: 'Lab' }] } };

const HEADERS = [
  'retry-after',
  'x-ratelimit-retry-after',
  'x-ratelimit-remaining',
  'date',
  'content-type',
  'location',
  'content-encoding',
];
const HEADER_VALUES = [
  '3',
  '0',
  '99999999',
  '-1',
  '1e9',
  'Sun, 01 Nov 2026 00:00:09 GMT',
  'text/html',
  'gzip',
  'x',
  '\xff\xfe',
];

function oddHeaders(random) {
  return random.chance(1, 8) ? { [random.pick(HEADERS)]: random.pick(HEADER_VALUES) } : {};
}

const oddStatus = (random) =>
  random.chance(1, 20) ? random.pick([201, 204, 302, 401, 403, 404, 429, 500, 503]) : 200;

async function collect(source, reply, isWritten) {
  const context = { ...quiet(), env: { KEY: fakeKey('vidbeo', 'fuzz') }, random: () => 0.5 };
  const { inventory } = await collectInventory([source], { ...context, dispatcher: new Answering(reply) });
  // Whatever was answered: what is left of it can be written down, and every hole has its reason.
  if (isWritten) writeInventory(inventory);
  for (const { status, reason = '' } of inventory.coverage) {
    if (status !== 'complete' && reason === '') throw new Error('a hole without a reason');
  }
  if (inventory.coverage.length === 0) throw new Error('a source of which nothing is told');
}

/** What each request is answered: fixed by the input, whatever is asked for how often. */
const answers = (parts) => (random) => {
  const changed = Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, JSON.stringify(value)]),
  );
  const name = random.pick(Object.keys(parts));
  changed[name] = mutateJson([parts[name]], random);
  // Written down is one in eight: that takes longer than the reading.
  return { changed, status: oddStatus(random), headers: oddHeaders(random), isWritten: random.chance(1, 8) };
};

const replyTo =
  (nameOf) =>
  ({ changed, status, headers }) =>
  (path) => ({
    status,
    headers,
    body: changed[nameOf(path)] ?? '{}',
  });

const apiVideoPart = (path) => /([a-z-]+)(?:\?|$)/.exec(path)?.[1] ?? '';
const xrPart = (path) => (path.endsWith('whoami') ? 'whoami' : 'organization');
const source = (vendor, more) => ({
  id: 's',
  vendor,
  baseUrl: 'https://api.example',
  credential: { env: 'KEY' },
  ...more,
});

const LINKS = [
  '/keys?page=2',
  'https://api.example/keys?x=1',
  '//evil.example/keys',
  'http://api.example/keys',
  '?a',
  '',
  'https://u:p@api.example/keys',
  '/keys/../x',
  'javascript:1',
];
const DATES = ['Sun, 01 Nov 2026 00:00:09 GMT', '3', '0.5', '999999999', ' 7 '];

export default [
  {
    name: 'answers of api.video',
    make: answers(API_VIDEO),
    run: (input) =>
      collect(
        source('api-video', { uploadTokens: true, videoBaseUrl: 'https://api.example' }),
        replyTo(apiVideoPart)(input),
        input.isWritten,
      ),
  },
  {
    name: 'answers of Vidbeo',
    make: answers({ keys: VIDBEO }),
    run: (input) => collect(source('vidbeo'), replyTo(() => 'keys')(input), input.isWritten),
  },
  {
    name: 'answers of Cognitive3D',
    make: answers(XR),
    run(input) {
      const { credential, ...rest } = source('cognitive3d');
      return collect({ ...rest, keys: [{ id: 'etl', credential }] }, replyTo(xrPart)(input), input.isWritten);
    },
  },
  {
    name: 'JSON of an answer',
    make: (random) => Buffer.from(mutateJson([VIDBEO, API_VIDEO.projects, XR], random)),
    run(bytes) {
      const parsed = parseJson(bytes);
      if (!parsed.ok && /[^\w ,]/.test(parsed.problem)) throw new Error('a problem that quotes the text');
    },
  },
  {
    name: 'links to a next page',
    make: (random) => mutateText(random.pick(LINKS), random, LINKS),
    async run(next) {
      const seen = [];
      const first = new URL('https://api.example/keys?page=1');
      const read = (url) => {
        seen.push(url);
        return Promise.resolve({
          items: [{ id: String(seen.length) }],
          next: seen.length > 1 ? undefined : next,
        });
      };
      await paginate({ first, what: 'w', read, take: () => undefined, idOf: ({ id }) => id });
      if (seen.some(({ origin, pathname }) => origin !== first.origin || pathname !== '/keys')) {
        throw new Error('a link led elsewhere');
      }
    },
  },
  {
    name: 'headers about waiting and dates',
    make: (random) => mutateText(random.pick(DATES), random, DATES),
    run(text) {
      const headers = {
        'retry-after': text,
        'x-ratelimit-retry-after': [text],
        'x-ratelimit-remaining': text,
      };
      const wait = retryAfterMs(headers, 0);
      if (wait !== undefined && !(wait >= 0 && Number.isFinite(wait))) throw new Error('a wait that is none');
      isUsedUp(headers);
      dateMs(text);
    },
  },
];

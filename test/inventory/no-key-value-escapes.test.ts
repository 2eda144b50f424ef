import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { collectInventory, type CollectedInventory } from '../../src/inventory/collect.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { FIRST_PAGE } from '../support/api-video-answers.js';
import { type TestContext, testContext } from '../support/collect-context.js';
import { type Reply, startScriptedServer } from '../support/scripted-server.js';

const ADMIN = fakeKey('api-video', 'canary-admin');
const LISTED = fakeKey('api-video', 'canary-listed');
const VIDBEO = fakeKey('vidbeo', 'canary');
const ORGKEY = fakeKey('cognitive3d', 'canary');
const ALL = [ADMIN, LISTED, VIDBEO, ORGKEY];

const written = (value: string): string[] => {
  const bytes = Buffer.from(value);
  const basic = Buffer.from(`${value}:`).toString('base64');
  return [
    value,
    encodeURIComponent(value),
    bytes.toString('base64').replace(/.{0,4}$/, ''),
    basic,
    bytes.toString('hex'),
  ];
};

/** Servers that say the keys back, in every place that ends up in messages. */
const echo = `${ALL.join(' ')} ${ALL.join('/')}`;
const next = `https://elsewhere.example/${LISTED}?cursor=${ADMIN}`;
const REPLIES: Readonly<Record<string, Reply>> = {
  'an error body': { status: 401, json: { title: echo, type: `https://x.example/${ADMIN}` } },
  'malformed JSON': { text: `{"items": ${echo}` },
  'a redirect': { status: 307, text: '', headers: { location: `http://127.0.0.1:1/${ADMIN}` } },
  'a retry header': {
    status: 429,
    text: echo,
    headers: { 'retry-after': ADMIN, 'x-ratelimit-retry-after': '9999' },
  },
  'a content type': { text: '{}', headers: { 'content-type': `text/html; ${ADMIN}` } },
  'field names': {
    json: { [ADMIN]: 1, items: { [LISTED]: 1 }, success: true, result: echo, organizationId: echo },
  },
  'a next page': {
    json: {
      items: [{ value: LISTED, project_id: LISTED.slice(0, 1) }],
      links: [{ rel: 'next', href: next }],
      success: true,
      result: [],
      organizationId: {},
    },
  },
  'ids that are keys of another form': {
    json: {
      items: [{ project_id: `${LISTED} ${ADMIN}` }],
      links: [],
      success: true,
      result: [{ id: `/${VIDBEO}` }],
    },
  },
};

const FIRST_REQUESTS = [`/projects${FIRST_PAGE}`, '/keys?limit=25', '/v0/organizations/apiKeys/whoami'];

async function collectWith(reply: Reply, context: TestContext): Promise<CollectedInventory> {
  const script = Object.fromEntries(FIRST_REQUESTS.map((url) => [url, reply]));
  const server = await startScriptedServer(script);
  const baseUrl = server.origin;
  const sources = [
    { id: 'video', vendor: 'api-video', baseUrl, credential: { env: 'ADMIN' } },
    { id: 'vb', vendor: 'vidbeo', baseUrl, credential: { env: 'VIDBEO' } },
    { id: 'xr', vendor: 'cognitive3d', baseUrl, keys: [{ id: 'k', credential: { env: 'ORGKEY' } }] },
  ];
  const collected = await collectInventory(sources, context);
  // Further requests may come or not; here only what is said counts.
  await server.close().catch(() => undefined);
  return collected;
}

describe('no key value is in anything that is said, whatever the vendor says', () => {
  it.each(Object.entries(REPLIES))('with %s', async (_name, reply) => {
    const context = testContext({ ADMIN, VIDBEO, ORGKEY });
    const collected = await collectWith(reply, context);
    const said = [
      JSON.stringify(collected),
      inspect(collected, { depth: 20, showHidden: true }),
      context.notes.join('\n'),
    ].join('\n');
    expect(collected.inventory.coverage.length).toBeGreaterThan(2);
    for (const form of ALL.flatMap(written)) expect(said).not.toContain(form);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectInventory } from '../../src/inventory/collect.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { testContext } from '../support/collect-context.js';
import { type Prism, startPrism } from '../support/prism.js';

const DESCRIPTION = fileURLToPath(new URL('../fixtures/openapi/api-video.yaml', import.meta.url));
const ADMIN = fakeKey('api-video', 'admin');

const collectFrom = ({ origin }: Prism) => {
  const addresses = { baseUrl: origin, videoBaseUrl: origin };
  const source = {
    id: 'v',
    vendor: 'api-video',
    ...addresses,
    uploadTokens: true,
    credential: { env: 'ADMIN' },
  };
  return collectInventory([source], testContext({ ADMIN }, { requestTimeoutMs: 20_000 }));
};

describe('against a mock server made of the description of the API', () => {
  let prism: Prism;
  beforeAll(async () => {
    prism = await startPrism(DESCRIPTION);
  });
  afterAll(() => prism.stop());

  it.each([
    ['a page that is too large', '/projects?page_size=101', true, 400],
    ['an order that does not exist', '/projects?sort_by=age', true, 400],
    ['usage without its interval', '/projects/project_1111111111111111111111/delivery-usage', true, 400],
    ['no credential', '/projects', false, 401],
    ['what is right', '/projects?page_size=100', true, 200],
  ])('which checks requests: %s', async (_name, path, withKey, status) => {
    const authorization = `Basic ${Buffer.from(`${ADMIN}:`).toString('base64')}`;
    const response = await fetch(prism.origin + path, { headers: withKey ? { authorization } : {} });
    expect(response.status).toBe(status);
  });

  it('every request of ours is right, and every answer is understood', async () => {
    const { inventory, stats } = await collectFrom(prism);
    expect(inventory.coverage.map(({ part, status, reason }) => `${part}: ${reason ?? status}`)).toEqual([
      'projects: complete',
      'keys of 1 project: complete',
      'delivery usage of 1 project: complete',
      'hosting usage of 1 project: complete',
      'upload tokens of 1 project: complete',
    ]);
    expect(stats).toMatchObject([{ requests: 5, retries: 0 }]);
    expect(inventory.keys.map(({ kind, createdAt }) => [kind, createdAt.state])).toEqual([
      ['admin key', 'not-applicable'],
      ['project key', 'known'],
      ['upload token', 'known'],
    ]);
  });
});

describe('against a mock server whose pages never end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-described-'));
  let prism: Prism;
  beforeAll(async () => {
    const endless = readFileSync(DESCRIPTION, 'utf8').replace(
      '{ rel: self, href: /projects?page=1&page_size=100 }',
      '{ rel: next, href: /projects?page=2&page_size=100 }',
    );
    const file = join(folder, 'endless.yaml');
    writeFileSync(file, endless);
    prism = await startPrism(file);
  });
  afterAll(async () => {
    await prism.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the list ends when a page repeats, and is partial', async () => {
    const { inventory } = await collectFrom(prism);
    expect(inventory.coverage[0]).toMatchObject({ part: 'projects', status: 'partial', seen: 1 });
    expect(inventory.coverage[0]?.reason).toContain('page 2 repeats what was read before');
  });
});

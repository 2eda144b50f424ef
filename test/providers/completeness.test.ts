import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { adminPage, keysUrl, project, projectsUrl } from '../support/api-video-answers.js';
import { testContext } from '../support/collect-context.js';
import { collectScript } from '../support/collect-script.js';
import type { Script } from '../support/scripted-server.js';

const KEY = fakeKey('api-video', 'admin');
const PAGE_2 = '/projects?page=2';
const COUNT = '/projects/count';

const noKeys = (...ids: readonly string[]): Script =>
  Object.fromEntries(ids.map((id) => [keysUrl(id), { json: adminPage([]) }]));

async function collect(script: Script) {
  const context = testContext({ KEY });
  const source = (origin: string) => ({
    id: 'v',
    vendor: 'api-video',
    baseUrl: origin,
    credential: { env: 'KEY' },
  });
  const result = await collectScript(script, source, context);
  return { ...result, notes: context.notes, projects: result.inventory.coverage[0] };
}

const AGAIN = 'v: the list of projects changed while it was read; reading it again';

describe('a list of projects', () => {
  it('that has the length it tells is not counted again', async () => {
    const { projects } = await collect({
      [projectsUrl]: { json: adminPage([project('p1')], { total: 1 }) },
      ...noKeys('p1'),
    });
    expect(projects).toMatchObject({ status: 'complete', expected: 1, seen: 1 });
  });

  it('that grew while it was read is read again, and is then complete', async () => {
    const { projects, notes } = await collect({
      [projectsUrl]: [
        { json: adminPage([project('p1')], { total: 2, next: PAGE_2 }) },
        { json: adminPage([project('p1')], { total: 3, next: PAGE_2 }) },
      ],
      [PAGE_2]: [
        { json: adminPage([project('p2'), project('p3')], { total: 3 }) },
        { json: adminPage([project('p2'), project('p3')], { total: 3 }) },
      ],
      ...noKeys('p1', 'p2', 'p3'),
    });
    expect(notes).toContain(AGAIN);
    expect(projects).toMatchObject({ status: 'complete', expected: 3, seen: 3 });
  });

  it('that keeps changing is partial, with the numbers of the vendor and ours', async () => {
    const pages: Script = {
      [projectsUrl]: [1, 2].map(() => ({ json: adminPage([project('p1')], { total: 2 }) })),
      [COUNT]: { json: { count: 2 } },
      ...noKeys('p1'),
    };
    const { projects } = await collect(pages);
    expect(projects).toMatchObject({ status: 'partial', expected: 2, seen: 1 });
    expect(projects?.reason).toBe('the vendor counts 2, and 1 were listed');
  });

  it('whose pages tell something else than the total is settled by the count', async () => {
    const first = { json: adminPage([project('p1'), project('p2')], { total: 2, next: PAGE_2 }) };
    const second = { json: adminPage([project('p3')], { total: 1 }) };
    const { projects } = await collect({
      [projectsUrl]: [first, first],
      [PAGE_2]: [second, second],
      [COUNT]: { json: { count: 3 } },
      ...noKeys('p1', 'p2', 'p3'),
    });
    expect(projects).toMatchObject({ status: 'complete', expected: 3, seen: 3 });
  });

  it('that shifts, so that a project comes twice, is read again', async () => {
    const { projects, notes } = await collect({
      [projectsUrl]: [
        { json: adminPage([project('p1'), project('p2')], { next: PAGE_2 }) },
        { json: adminPage([project('p1'), project('p2')], { next: PAGE_2 }) },
      ],
      [PAGE_2]: [{ json: adminPage([project('p2'), project('p3')]) }, { json: adminPage([project('p3')]) }],
      ...noKeys('p1', 'p2', 'p3'),
    });
    expect(notes).toContain(AGAIN);
    expect(projects).toMatchObject({ status: 'complete', seen: 3 });
  });

  const hundred = Array.from({ length: 100 }, (_, index) => `q${index}`);

  it.each([
    ['is proved by the count', { json: { count: 100 } }, 'complete', undefined],
    [
      'is partial when the count disagrees',
      { json: { count: 140 } },
      'partial',
      'the vendor counts 140, and 100 were listed',
    ],
    [
      'is partial when there is no count',
      { json: {}, status: 403 },
      'partial',
      'the count for the list of projects: the server answered 403',
    ],
  ] as const)('that fills a page and tells no total %s', async (_name, count, status, reason) => {
    const { projects } = await collect({
      [projectsUrl]: { json: adminPage(hundred.map((id) => project(id))) },
      [COUNT]: count,
      ...noKeys(...hundred),
    });
    expect(projects?.status).toBe(status);
    if (reason !== undefined) expect(projects?.reason).toContain(reason);
  });
});

describe('a list of keys that is shorter than its vendor says', () => {
  it('leaves the number of keys unknown and names the project', async () => {
    const { inventory } = await collect({
      [projectsUrl]: { json: adminPage([project('p1')]) },
      [keysUrl('p1')]: [1, 2].map(() => ({ json: adminPage([], { total: 4 }) })),
      '/projects/p1/api-keys/count': { json: { count: 4 } },
      '/projects/p1/delivery-usage?interval=month': { json: { items: [] } },
      '/projects/p1/hosting-usage?interval=month': { json: { items: [] } },
    });
    expect(inventory.projects[0]?.keyCount.state).toBe('unknown');
    expect(inventory.coverage[1]).toMatchObject({
      part: 'keys of p1',
      status: 'partial',
      expected: 4,
      seen: 0,
    });
  });
});

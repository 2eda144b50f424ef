import { readFile } from 'node:fs/promises';
import type { Log } from 'sarif';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OfflineFolder, offlineFolder } from '../../support/offline-audit.js';

const IDS = ['ak1', 'ak2', 'ak3'];

const blockOf = (id: string): string =>
  `  - source: video-prod\n    id: ${id}\n    name: Key ${id}\n    owner: team-a\n    system: shop\n    purpose: sells\n`;

let folder: OfflineFolder;
beforeAll(async () => {
  folder = await offlineFolder();
  await folder.put('audit.config.yaml', 'version: 1\nregister: audit.keys.yaml\n');
  await folder.record(IDS);
});
afterAll(() => folder.shell.clean());

/** Each alert of the inventory with the line of the register that it points at. */
async function alertsWith(ids: readonly string[]): Promise<ReadonlyMap<string, number | undefined>> {
  await folder.put('audit.keys.yaml', `version: 1\nkeys:\n${ids.map(blockOf).join('')}`);
  await folder.run('audit', '--format', 'sarif');
  const text = await readFile(folder.path('reports/github/inventory.sarif'), 'utf8');
  const results = (JSON.parse(text) as Log).runs.flatMap((run) => run.results ?? []);
  return new Map(
    results.map(({ partialFingerprints, locations }) => [
      JSON.stringify(partialFingerprints),
      locations?.[0]?.physicalLocation?.region?.startLine,
    ]),
  );
}

test('alerts are the same alerts after the register was put into another order, at their new lines', async () => {
  const before = await alertsWith(IDS);
  const after = await alertsWith(IDS.toReversed());
  expect(before.size).toBeGreaterThan(IDS.length);
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  const moved = [...before].filter(([alert, line]) => after.get(alert) !== line);
  expect(moved.length).toBeGreaterThan(0);
});

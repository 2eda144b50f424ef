import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { aCoverage } from '../support/audit-result.js';
import { offlineFolder } from '../support/offline-audit.js';

const value = fakeKey('api-video', 'deleted');
const register = (source: string): string =>
  [
    'version: 1',
    'keys:',
    `  - source: ${source}`,
    '    id: ak9',
    '    name: Old exporter',
    '    owner: team-a',
    `    fingerprint: ${Secret.of(value).fingerprint()}`,
    '    status: retired',
    '',
  ].join('\n');

async function audited(source: string, status: 'complete' | 'partial' = 'complete') {
  const folder = await offlineFolder();
  await folder.put(
    'audit.config.yaml',
    'version: 1\nregister: audit.keys.yaml\nrepositories: { local: [shop] }\n',
  );
  await folder.put('audit.keys.yaml', register(source));
  // Nothing near it names a vendor: only the fingerprint can tell.
  await folder.put('shop/notes.txt', `remember ${value}\n`);
  await folder.record(['ak1'], [aCoverage(status === 'complete' ? {} : { status, reason: 'cut off' })]);
  const exit = await folder.run('audit', '--format', 'json,markdown,html,sarif', '--out', 'out');
  const read = (name: string) => readFile(folder.path(`out/${name}`), 'utf8');
  const json = JSON.parse(await read('keyaudit.json'));
  return { exit, json, read };
}

const rulesOfLeak = ({ findings }: { findings: { rule: string; subject: { kind: string; id: string } }[] }) =>
  findings
    .filter(({ subject }) => subject.kind === 'leak')
    .map(({ rule, subject }) => `${rule} ${subject.id}`);

describe('a leaked string whose key was deleted at the vendor', () => {
  it('is told to be that key, and dead, by the fingerprint that the register kept', async () => {
    const { json, read } = await audited('video-prod');
    expect(json.leaks).toMatchObject([{ keys: [{ source: 'video-prod', id: 'ak9' }] }]);
    expect(rulesOfLeak(json)).toEqual(['leaked-retired ak9']);
    expect(json.keys.map(({ id }: { id: string }) => id)).toEqual(['ak1']);
    const html = await read('keyaudit.html');
    expect(html).toContain('which no source lists any more: no longer alive');
    expect(html).toContain('Old exporter');
    expect(await read('keyaudit.sarif')).toContain('leaked-retired');
    expect(html + (await read('keyaudit.md'))).not.toContain(value);
  });

  it('is not called dead when the source was not read completely', async () => {
    const { json } = await audited('video-prod', 'partial');
    expect(json.leaks).toMatchObject([{ keys: [{ id: 'ak9' }] }]);
    expect(rulesOfLeak(json)).not.toContain('leaked-retired ak9');
  });

  it('is a string that looks like nothing when its source is not configured', async () => {
    const { json } = await audited('elsewhere');
    expect(json.leaks).toEqual([]);
  });
});

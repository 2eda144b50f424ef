import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderedFile } from '../support/rendered.js';
import { aCoverage } from '../support/audit-result.js';
import { sampleResult } from '../support/sample-result.js';
import { type OfflineFolder, offlineFolder } from '../support/offline-audit.js';

let at: OfflineFolder;
beforeEach(async () => {
  at = await offlineFolder();
  await at.record(['a']);
});
afterEach(() => at.shell.clean());

const audit = (format = 'sarif'): Promise<number> => at.run('audit', '--format', format, '--out', 'out');
const left = async (): Promise<readonly string[]> => (await readdir(at.path('out/github'))).toSorted();
const earlier = (): string => renderedFile(sampleResult(), 'sarif', 'github/inventory.sarif');

describe('files for code scanning of earlier audits', () => {
  it('are removed when this audit has none of that name', async () => {
    await at.put('out/github/acme__archived.sarif', earlier());
    await audit();
    expect(await left()).toEqual(['inventory.sarif']);
  });

  it('are removed when their source could not be read this time', async () => {
    await audit();
    await at.record(['a'], [aCoverage({ status: 'failed', reason: 'the key is wrong' })]);
    await audit();
    expect(await left()).toEqual([]);
  });

  it('stay when this audit writes no SARIF', async () => {
    await at.put('out/github/acme__archived.sarif', earlier());
    await audit('json');
    expect(await left()).toEqual(['acme__archived.sarif']);
  });

  it('are told from what others put there, and from other names, folders and links', async () => {
    const foreign = earlier().replaceAll('"name":"keyaudit"', '"name":"semgrep"');
    await at.put('out/github/semgrep.sarif', foreign);
    await at.put('out/github/empty.sarif', '');
    await at.put('out/github/notes.txt', earlier());
    await at.put('out/elsewhere.sarif', earlier());
    await mkdir(at.path('out/github/folder.sarif'));
    await symlink(at.path('out/elsewhere.sarif'), at.path('out/github/link.sarif'));
    await audit();
    expect(await left()).toEqual([
      'empty.sarif',
      'folder.sarif',
      'inventory.sarif',
      'link.sarif',
      'notes.txt',
      'semgrep.sarif',
    ]);
    expect(await readdir(at.path('out'))).toContain('elsewhere.sarif');
  });

  it('need no folder to be there', async () => {
    await at.record(['a'], [aCoverage({ status: 'failed', reason: 'the key is wrong' })]);
    await rm(at.path('out'), { recursive: true, force: true });
    expect(await audit()).not.toBe(70);
  });
});

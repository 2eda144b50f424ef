import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { aCoverage } from '../support/audit-result.js';
import {
  type CodeScanningOptions,
  type CodeScanningServer,
  startCodeScanning,
} from '../support/code-scanning-server.js';
import { type OfflineFolder, offlineFolder } from '../support/offline-audit.js';

const TOKEN = fakeKey('github', 'upload');

let at: OfflineFolder;
let server: CodeScanningServer;
afterEach(async () => {
  await server.close();
  await at.shell.clean();
});

async function folder(
  options: CodeScanningOptions = {},
  env: Readonly<Record<string, string>> = { GITHUB_TOKEN: TOKEN },
): Promise<void> {
  server = await startCodeScanning(options);
  at = await offlineFolder({ env });
  const upload = `reports: { upload: { repository: acme/security, apiUrl: "${server.origin}" } }`;
  await at.put('audit.config.yaml', `version: 1\n${upload}\n`);
  await at.record(['a']);
}

const audit = (...argv: readonly string[]): Promise<number> =>
  at.run('audit', '--format', 'sarif,json', '--out', 'out', '--fail-on', 'critical', ...argv);

describe('keyaudit audit --upload', () => {
  it('uploads what it wrote, byte for byte, and ends with the code of the gate', async () => {
    await folder();
    expect(await audit('--upload')).toBe(0);
    const written = await readFile(at.path('out/github/inventory.sarif'), 'utf8');
    expect(server.received).toMatchObject([
      { repository: 'acme/security', ref: 'refs/heads/trunk', text: written },
    ]);
    expect(at.shell.said.err).toContain('uploaded github/inventory.sarif to acme/security');
  });

  it('uploads nothing unless it is asked to', async () => {
    await folder();
    expect(await audit()).toBe(0);
    expect(server.requests).toEqual([]);
  });

  it('uploads nothing of a source that could not be read', async () => {
    await folder();
    await at.record(['a'], [aCoverage({ status: 'partial', reason: 'cut off' })]);
    expect(await audit('--upload')).toBe(3);
    expect(server.requests).toEqual([]);
  });

  it('ends with 3 and says what to do when the token may only read', async () => {
    await folder({ refuse: { status: 403, message: 'Resource not accessible by integration' } });
    expect(await audit('--upload')).toBe(3);
    expect(at.shell.said.err).toContain('NOT uploaded: github/inventory.sarif to acme/security');
    expect(at.shell.said.err).toContain('security-events: write');
    expect(at.shell.said.err).not.toContain(TOKEN);
  });

  it('ends with 3 when the token is not there', async () => {
    await folder({}, {});
    expect(await audit('--upload')).toBe(3);
    expect(at.shell.said.err).toContain('GITHUB_TOKEN');
    expect(server.requests).toEqual([]);
  });

  it('does not hide a failed gate', async () => {
    await folder({ refuse: { status: 403, message: 'no' } });
    expect(await audit('--upload', '--fail-on', 'low')).toBe(1);
  });

  it('is refused without SARIF, before anything is judged', async () => {
    await folder();
    expect(await at.run('audit', '--format', 'json', '--upload')).toBe(2);
    expect(at.shell.said.err).toContain('--upload needs sarif');
  });
});

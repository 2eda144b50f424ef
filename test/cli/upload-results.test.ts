import { generateKeyPairSync } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { aCoverage } from '../support/audit-result.js';
import {
  type CodeScanningOptions,
  type CodeScanningServer,
  startCodeScanning,
} from '../support/code-scanning-server.js';
import { FIXED_DAY, type OfflineFolder, offlineFolder } from '../support/offline-audit.js';

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
  at = await offlineFolder({ env, nowMs: Date.parse(`${FIXED_DAY}T18:00:00Z`) });
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

  it("uploads with the token of an app's installation, and shows neither that nor the app's key", async () => {
    const installationToken = fakeKey('github', 'installation');
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    await folder({ installationToken }, { APP_KEY: privateKey });
    const app = 'app: { id: 12, installationId: 77, privateKey: { env: APP_KEY } }';
    const upload = `upload: { repository: acme/security, apiUrl: "${server.origin}", ${app} }`;
    await at.put('audit.config.yaml', `version: 1\nreports: { ${upload} }\n`);
    expect(await audit('--upload')).toBe(0);
    expect(server.received).toMatchObject([{ authorization: `Bearer ${installationToken}` }]);
    expect(at.shell.said.err).not.toContain(installationToken);
  });

  it('does not hide a failed gate', async () => {
    await folder({ refuse: { status: 403, message: 'no' } });
    expect(await audit('--upload', '--fail-on', 'low')).toBe(1);
  });

  it.each([
    ['a day that is over', ['--as-of', '2026-11-04'], 'leave out --as-of'],
    ['a day that has not come', ['--as-of', '2026-11-06'], 'leave out --as-of'],
  ])('is refused for %s, before anything is judged', async (_case, argv, hint) => {
    await folder();
    expect(await audit('--upload', ...argv)).toBe(2);
    expect(at.shell.said.err).toContain(hint);
    await expect(stat(at.path('out'))).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });

  it('is refused for an inventory that is older than the configuration allows', async () => {
    await folder();
    const limit = 'gate: { maxInventoryAgeDays: 3 }\n';
    await at.put('audit.config.yaml', `${await readFile(at.path('audit.config.yaml'), 'utf8')}${limit}`);
    expect(await audit('--upload')).toBe(2);
    expect(at.shell.said.err).toContain('keyaudit collect --out FILE');
    expect(await audit()).toBe(3);
  });

  it('is refused without SARIF, before anything is judged', async () => {
    await folder();
    expect(await at.run('audit', '--format', 'json', '--upload')).toBe(2);
    expect(at.shell.said.err).toContain('--upload needs sarif');
  });
});

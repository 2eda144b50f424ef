import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { certificateAuthority, type CertificateRequest, serverCertificate } from '../support/certificates.js';
import { type Listening, startProxy, startTlsVidbeo } from '../support/tls-servers.js';

// The program as it is shipped: Node.js reads NODE_EXTRA_CA_CERTS once, when it starts.
const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const KEY = fakeKey('vidbeo', 'tls');
const authority = certificateAuthority('House authority');

let folder: string;
beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error('npm run build makes the program that this test runs');
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
  await writeFile(join(folder, 'authority.pem'), authority.cert);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ending {
  readonly code: number;
  readonly text: string;
}

/** Runs a command with one source at that address, and says all that it said. */
async function keyaudit(
  args: readonly string[],
  baseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  const config = join(folder, `${encodeURIComponent(baseUrl)}.yaml`);
  const source = `{ id: vb, vendor: vidbeo, baseUrl: "${baseUrl}", credential: { env: VIDBEO } }`;
  await writeFile(config, `version: 1\nsources: [${source}]\n`);
  return new Promise((resolve) => {
    const argv = [MAIN, ...args, '--config', config];
    const options = { cwd: folder, env: { PATH: process.env['PATH'], VIDBEO: KEY, ...env }, timeout: 30_000 };
    const child = execFile(process.execPath, argv, options, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, text: out + err }),
    );
  });
}

/** Does something while a Vidbeo listens. */
async function withVidbeo<T>(
  request: CertificateRequest,
  use: (vidbeo: Awaited<ReturnType<typeof startTlsVidbeo>>) => Promise<T>,
): Promise<T> {
  const vidbeo = await startTlsVidbeo(serverCertificate(request));
  try {
    return await use(vidbeo);
  } finally {
    await vidbeo.close();
  }
}

const TRUSTED = (): Record<string, string> => ({ NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') });
const LOCAL = { hosts: ['127.0.0.1'], issuer: authority };

describe('a server whose certificate a private authority signed', () => {
  it('is read by doctor and collect where NODE_EXTRA_CA_CERTS names the authority', async () => {
    await withVidbeo(LOCAL, async ({ port, authorizations }) => {
      const at = `https://127.0.0.1:${port}`;
      const doctor = await keyaudit(['doctor'], at, TRUSTED());
      expect(doctor.text).toContain('read completely: ');
      const collect = await keyaudit(['collect', '--out', 'keys.json'], at, TRUSTED());
      expect(collect).toMatchObject({ code: 0 });
      expect(authorizations).toHaveLength(2);
    });
  });

  it('is sent no key without, and the message names the setting', async () => {
    await withVidbeo(LOCAL, async ({ port, authorizations }) => {
      const { code, text } = await keyaudit(['doctor'], `https://127.0.0.1:${port}`);
      expect(code).toBe(3);
      expect(text).toMatch(
        /an authority that this machine does not know \(\w+\)\.?\n {5}-> .*NODE_EXTRA_CA_CERTS/,
      );
      expect(authorizations).toEqual([]);
    });
  });
});

describe('a server that cannot be trusted', () => {
  it.each([
    ['has expired', { ...LOCAL, from: -9, to: -1 }, /certificate has expired \(\w+\)\.?\n {5}-> .*clock/],
    ['is not valid yet', { ...LOCAL, from: 1 }, /certificate is not valid yet \(\w+\)\.?\n {5}-> .*clock/],
    [
      'is for another host',
      { ...LOCAL, hosts: ['vidbeo.example'] },
      /another host name .*\n {5}-> .*base URL/,
    ],
    ['is signed by itself', { hosts: ['127.0.0.1'] }, /signed by itself .*\n {5}-> .*send no key/],
  ])(
    'because its certificate %s is sent no key, and the message says what to do',
    async (_what, request, said) => {
      await withVidbeo(request, async ({ port, authorizations }) => {
        const { code, text } = await keyaudit(['doctor'], `https://127.0.0.1:${port}`, TRUSTED());
        expect(code).toBe(3);
        expect(text).toMatch(said);
        expect(authorizations).toEqual([]);
      });
    },
  );

  it('because it speaks no TLS at all is told so', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad\r\n\r\n'),
    );
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, text } = await keyaudit(['doctor'], `https://127.0.0.1:${port}`);
    server.close();
    expect(code).toBe(3);
    expect(text).toMatch(/does not speak TLS .*\n {5}-> Check the port/);
  });

  it('because nothing listens there is told so', async () => {
    const closed: Listening = await startProxy(() => 0);
    await closed.close();
    const { code, text } = await keyaudit(['doctor'], `https://127.0.0.1:${closed.port}`);
    expect(code).toBe(3);
    expect(text).toMatch(/nothing answers at that port .*\n {5}-> .*HTTPS_PROXY/);
  });
});

describe('a proxy', () => {
  const REMOTE = { hosts: ['vidbeo.example', '0.0.0.0'], issuer: authority };

  async function through(host: string, env: (proxy: string) => Record<string, string>) {
    return withVidbeo(REMOTE, async ({ port, authorizations }) => {
      const proxy = await startProxy(() => port);
      try {
        const settings = { ...TRUSTED(), ...env(`http://127.0.0.1:${proxy.port}`) };
        const ending = await keyaudit(['doctor'], `https://${host}:${port}`, settings);
        return { ...ending, port, asked: proxy.asked, headers: proxy.headers, authorizations };
      } finally {
        await proxy.close();
      }
    });
  }

  it('that HTTPS_PROXY names tunnels to the vendor, and never sees the key', async () => {
    const seen = await through('vidbeo.example', (proxy) => ({ HTTPS_PROXY: proxy }));
    expect(seen.text).toContain('read completely: ');
    expect(seen.asked).toEqual([`CONNECT vidbeo.example:${seen.port}`]);
    expect(seen.headers.join()).not.toMatch(/authorization/i);
    expect(seen.authorizations[0]).toContain(KEY);
  });

  it('is not asked for what NO_PROXY names', async () => {
    const seen = await through('0.0.0.0', (proxy) => ({
      HTTPS_PROXY: proxy,
      NO_PROXY: 'other.example,0.0.0.0',
    }));
    expect(seen.text).toContain('read completely: ');
    expect(seen.asked).toEqual([]);
  });

  it('is asked for that very address without NO_PROXY', async () => {
    const seen = await through('0.0.0.0', (proxy) => ({ HTTPS_PROXY: proxy }));
    expect(seen.asked).toEqual([`CONNECT 0.0.0.0:${seen.port}`]);
  });

  it('is never asked for this machine itself, which would show it the key in clear', async () => {
    const vidbeo = await startTlsVidbeo(serverCertificate(LOCAL));
    const proxy = await startProxy(() => vidbeo.port);
    const env = { ...TRUSTED(), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const { text } = await keyaudit(['doctor'], `https://127.0.0.1:${vidbeo.port}`, env);
    await Promise.all([proxy.close(), vidbeo.close()]);
    expect(text).toContain('read completely: ');
    expect(proxy.asked).toEqual([]);
  });

  it('that refuses is told so, with what to check', async () => {
    const proxy = await startProxy(() => undefined);
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const { code, text } = await keyaudit(['doctor'], 'https://vidbeo.example', env);
    await proxy.close();
    expect(code).toBe(3);
    expect(text).toMatch(/^fail vb: .*\n {5}-> /m);
    expect(text).not.toContain(KEY);
  });
});

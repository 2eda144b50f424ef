import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { RATE_LIMITS } from '../../src/http/rate-limit.js';
import { sendOnce } from '../../src/http/send-once.js';
import { HttpSession } from '../../src/http/session.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { JumpingClock } from '../support/collect-context.js';

/** A proxy that remembers which hosts it was asked to connect to, and connects to nobody. */
const asked: string[] = [];
let proxy: Server;
let proxyUrl = '';

beforeAll(async () => {
  proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => proxy.close());

const sessionWith = (env: Record<string, string>): HttpSession =>
  new HttpSession({ signal: new AbortController().signal, clock: new JumpingClock(), env });

async function send(session: HttpSession, address: string): Promise<string> {
  const url = new URL(address);
  const { signal } = new AbortController();
  const attempt = await sendOnce({
    dispatcher: session.dispatcherFor(url),
    url,
    headers: {},
    signal,
    timeoutMs: 5000,
    maxBodyBytes: 1000,
  });
  await session.close();
  return attempt.kind;
}

describe('proxies', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('are used for vendors when %s names one', async (name) => {
    asked.length = 0;
    expect(await send(sessionWith({ [name]: proxyUrl }), 'https://vendor.invalid/keys')).toBe('unreachable');
    expect(asked).toEqual(['vendor.invalid:443']);
  });

  it('are not used for hosts that NO_PROXY names', async () => {
    asked.length = 0;
    const env = { HTTPS_PROXY: proxyUrl, NO_PROXY: 'vendor.invalid' };
    expect(await send(sessionWith(env), 'https://vendor.invalid/keys')).toBe('unreachable');
    expect(asked).toEqual([]);
  });

  it('are never given what is meant for this machine', async () => {
    const target = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const { port } = target.address() as AddressInfo;
    asked.length = 0;
    const env = { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl };
    expect(await send(sessionWith(env), `http://127.0.0.1:${port}/keys`)).toBe('answered');
    expect(asked).toEqual([]);
    target.close();
  });

  it('come from the given environment only', async () => {
    const session = sessionWith({});
    process.env['HTTPS_PROXY'] = proxyUrl;
    asked.length = 0;
    try {
      expect(await send(session, 'https://vendor.invalid/keys')).toBe('unreachable');
    } finally {
      delete process.env['HTTPS_PROXY'];
    }
    expect(asked).toEqual([]);
  });
});

describe('gates', () => {
  it('are one for each host, API and credential', () => {
    const session = sessionWith({});
    const a = Secret.of(fakeKey('vidbeo', 'a'));
    const host = { origin: 'https://one.example', limit: RATE_LIMITS.vidbeo };
    const gate = session.gateFor(host, a);
    expect(session.gateFor(host, Secret.of(a.reveal()))).toBe(gate);
    expect(session.gateFor({ ...host, origin: 'https://two.example' }, a)).not.toBe(gate);
    expect(session.gateFor({ ...host, limit: RATE_LIMITS.cognitive3d }, a)).not.toBe(gate);
    expect(session.gateFor(host, Secret.of(fakeKey('vidbeo', 'b')))).not.toBe(gate);
  });
});

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedFetch } from '../../src/github/guarded-fetch.js';
import { githubContext } from '../support/github-context.js';

let server: Server;
let origin: string;
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function dripOn(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

function fetching(timeoutMs: number): Promise<Response> {
  const { session, signal, clock } = githubContext();
  const dispatcherFor = (url: URL) => session.dispatcherFor(url);
  const authorization = (): Promise<undefined> => Promise.resolve(undefined);
  const options = { origin, authorization, dispatcherFor, signal, clock, timeoutMs, maxBodyBytes: 1_000_000 };
  return guardedFetch(options)(`${origin}/orgs/acme/repos`, {});
}

const gc = (): unknown => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
};

describe('an answer that drips and never ends', () => {
  const drips: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['in its body', (response) => dripOn(response.writeHead(200))],
    ['in the body of a redirect', (response) => dripOn(response.writeHead(302, { location: '/elsewhere' }))],
    ['in the body of an error', (response) => dripOn(response.writeHead(500))],
  ];
  it.each(drips)('%s, is given up when the time of one answer is over', async (_, drip) => {
    answer = drip;
    const asked = performance.now();
    await expect(fetching(300)).rejects.toThrow('timed-out');
    expect(performance.now() - asked).toBeLessThan(5_000);
  });

  it('is given up as well when the collector comes meanwhile', async () => {
    answer = (response) => dripOn(response.writeHead(200));
    const collect = gc();
    const fetched = fetching(500).catch((error: unknown) => error);
    for (let turn = 0; turn < 20; turn += 1) {
      if (typeof collect === 'function') collect();
      await delay(10);
    }
    expect(await fetched).toMatchObject({ kind: 'timed-out' });
  }, 10_000);
});

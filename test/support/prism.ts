import { createServer, type AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../../src/process/start.js';

const PRISM = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');

export interface Prism {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A mock server made of an OpenAPI description; it answers 401 and 422 to requests that do not match it. */
export async function startPrism(description: string): Promise<Prism> {
  const port = await freePort();
  const args = [PRISM, 'mock', description, '-p', String(port), '-h', '127.0.0.1', '-m', 'false'];
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production' };
  const child = startProcess(
    { command: process.execPath, args, env },
    { signal: new AbortController().signal },
  );
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stdin.end();
  for (let waited = 0; !said.includes('Prism is listening'); waited += 1) {
    if (waited > 400) throw new Error(`Prism did not start: ${said}${child.stderrTail()}`);
    await delay(100);
  }
  const stop = async (): Promise<void> => {
    child.kill();
    await child.exit;
  };
  return { origin: `http://127.0.0.1:${port}`, stop };
}

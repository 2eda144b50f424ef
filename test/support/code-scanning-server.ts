import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface ReceivedSarif {
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  readonly authorization: string | undefined;
  readonly text: string;
}

export interface CodeScanningOptions {
  /** Instead of taking a file. */
  readonly refuse?: { readonly status: number; readonly message: string };
  /** What it says about a file, one after another; the last for ever. */
  readonly processing?: readonly object[];
  readonly archived?: readonly string[];
  /** What it gives apps as their installation's token. */
  readonly installationToken?: string;
}

export interface CodeScanningServer {
  readonly origin: string;
  readonly received: readonly ReceivedSarif[];
  /** Every request, as `METHOD path`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export const BRANCH_HEAD = 'b'.repeat(40);
const DONE: readonly object[] = [{ processing_status: 'pending' }, { processing_status: 'complete' }];

/** The part of a GitHub that takes SARIF files, on loopback, over real HTTP. */
export async function startCodeScanning(options: CodeScanningOptions = {}): Promise<CodeScanningServer> {
  const received: ReceivedSarif[] = [];
  const requests: string[] = [];
  let asked = 0;
  const processing = options.processing ?? DONE;

  const reply = async (request: IncomingMessage): Promise<readonly [status: number, body: object]> => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    if (method === 'POST' && url === '/app/installations/77/access_tokens')
      return [201, { token: options.installationToken, expires_at: '2999-01-01T00:00:00Z' }];
    const [, repository = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url) ?? [];
    if (method === 'GET' && rest === '')
      return [200, { default_branch: 'trunk', archived: options.archived?.includes(repository) ?? false }];
    if (method === 'GET' && rest === '/branches/trunk') return [200, { commit: { sha: BRANCH_HEAD } }];
    if (method === 'POST' && rest === '/code-scanning/sarifs') {
      if (options.refuse !== undefined) return [options.refuse.status, { message: options.refuse.message }];
      received.push(await receivedOf(request, repository));
      asked = 0;
      return [202, { id: 'receipt-1', url: 'ignored' }];
    }
    if (method === 'GET' && rest === '/code-scanning/sarifs/receipt-1') {
      const state = processing[Math.min(asked, processing.length - 1)] ?? {};
      asked += 1;
      return 'status' in state ? [Number(state.status), {}] : [200, state];
    }
    return [404, { message: 'Not Found' }];
  };

  const server = createServer((request, response) => void answer(request, response, reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  reply: (request: IncomingMessage) => Promise<readonly [number, object]>,
): Promise<void> {
  const [status, body] = await reply(request);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function receivedOf(request: IncomingMessage, repository: string): Promise<ReceivedSarif> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, string>;
  return {
    repository,
    commit: body['commit_sha'] ?? '',
    ref: body['ref'] ?? '',
    authorization: request.headers.authorization,
    text: gunzipSync(Buffer.from(body['sarif'] ?? '', 'base64')).toString('utf8'),
  };
}

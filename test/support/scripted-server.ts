import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server does with a request. */
export type Reply =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | { readonly text: string; readonly status?: number; readonly headers?: Record<string, string> }
  /** Writes this much of a longer answer, then breaks the connection. */
  | { readonly cutAfter: string }
  /** Breaks the connection without an answer. */
  | { readonly reset: true }
  /** Answers never. */
  | { readonly hang: true };

export interface SeenRequest {
  /** Path and query, as received. */
  readonly url: string;
  readonly method: string;
  readonly authorization: string | undefined;
  /** Of `If-None-Match`. */
  readonly etag: string | undefined;
  readonly atMs: number;
}

export interface ScriptedServer {
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
  /** Ends the server. @throws when a request came that the script does not have, or one of the script never came. */
  close(): Promise<void>;
}

/** Replies by path and query (`/keys?limit=25`, `POST /graphql`): one reply for ever, or a list, one after another. */
export type Script = Readonly<Record<string, Reply | readonly Reply[]>>;

const isList = (reply: Reply | readonly Reply[]): reply is readonly Reply[] => Array.isArray(reply);

/** A real HTTP server on loopback that does what its script says, misbehaviour included. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const unexpected: string[] = [];
  const uses = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { url = '', method = '' } = request;
    const { authorization, 'if-none-match': etag } = request.headers;
    seen.push({ url, method, authorization, etag, atMs: Date.now() });
    const asked = method === 'GET' ? url : `${method} ${url}`;
    const planned = script[asked];
    const use = uses.get(asked) ?? 0;
    uses.set(asked, use + 1);
    const reply = planned !== undefined && isList(planned) ? planned[use] : planned;
    if (reply === undefined) unexpected.push(`${method} ${url}`);
    answer(request, response, reply ?? { json: {}, status: 404 });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    const unused = Object.entries(script)
      .filter(([url, reply]) => (uses.get(url) ?? 0) < (isList(reply) ? reply.length : 1))
      .map(([url]) => url);
    if (unexpected.length > 0) throw new Error(`unexpected requests: ${unexpected.join(', ')}`);
    if (unused.length > 0) throw new Error(`requests that never came: ${unused.join(', ')}`);
  };
  return { origin: `http://127.0.0.1:${port}`, seen, close };
}

function answer(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if ('hang' in reply) return;
  if ('reset' in reply) {
    request.socket.destroy();
    return;
  }
  if ('cutAfter' in reply) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(reply.cutAfter, () => request.socket.destroy());
    return;
  }
  const body = 'json' in reply ? JSON.stringify(reply.json) : reply.text;
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
  response.end(body);
}

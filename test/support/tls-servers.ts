import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Certified } from './certificates.js';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

async function listen(server: Pick<Server, 'listen' | 'address' | 'close' | 'on'>): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
}

/** A Vidbeo that lists no key, over TLS. */
export async function startTlsVidbeo(
  certified: Certified,
): Promise<Listening & { readonly authorizations: readonly string[] }> {
  const authorizations: string[] = [];
  const answer: RequestListener = (request, response) => {
    authorizations.push(request.headers.authorization ?? '');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ success: true, result: [], links: {}, errors: [] }));
  };
  return { ...(await listen(createTlsServer(certified, answer))), authorizations };
}

/** A proxy that leads every tunnel to one port of this machine, or refuses all of them. What it is asked for comes first, then its headers. */
export async function startProxy(
  target: () => number | undefined,
): Promise<Listening & { readonly asked: readonly string[]; readonly headers: readonly string[] }> {
  const asked: string[] = [];
  const headers: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    headers.push(JSON.stringify(request.headers));
    response.writeHead(502).end();
  });
  server.on('connect', (request, client: Socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    headers.push(JSON.stringify(request.headers));
    const port = target();
    if (port === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
  });
  return { ...(await listen(server)), asked, headers };
}

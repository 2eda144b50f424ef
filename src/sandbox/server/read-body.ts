import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 64 * 1024;

/** The body as JSON; undefined when it is too large or no JSON. */
export async function readJsonBody(request: IncomingMessage, maxBytes = MAX_BYTES): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

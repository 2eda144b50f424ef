import { once } from 'node:events';
import type { Readable } from 'node:stream';

const MAX_HEAD_BYTES = 16 * 1024;
const END = '\r\n\r\n';

export interface CgiHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What was read of the body already. */
  readonly rest: Buffer;
}

/** Reads the head of a CGI answer (RFC 3875); undefined when there is none. The stream is left paused. */
export async function readCgiHead(stream: Readable): Promise<CgiHead | undefined> {
  let bytes = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const chunk: unknown = stream.read();
    if (chunk === null) {
      if (stream.readableEnded || stream.destroyed) return undefined;
      await Promise.race([once(stream, 'readable'), once(stream, 'close')]);
      continue;
    }
    bytes = Buffer.concat([bytes, Buffer.from(chunk as Uint8Array)]);
    end = bytes.indexOf(END);
    if (end < 0 && bytes.length > MAX_HEAD_BYTES) return undefined;
  }
  return { ...parseHead(bytes.subarray(0, end).toString('latin1')), rest: bytes.subarray(end + END.length) };
}

function parseHead(text: string): Pick<CgiHead, 'status' | 'headers'> {
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else headers[name] = value;
  }
  return { status, headers };
}

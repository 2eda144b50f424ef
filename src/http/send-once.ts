import type { Dispatcher } from 'undici';
import type { ResponseHeaders } from './retry-after.js';

export interface Sending {
  readonly dispatcher: Promise<Dispatcher>;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends the request at once. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
}

/** One attempt, as far as it came. `body` is empty unless the status is 200. */
export type Attempt =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: ResponseHeaders;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'too-large' | 'timed-out' }
  | { readonly kind: 'cut-off' | 'unreachable'; readonly code: string };

/** Connection errors that a second attempt may cure; the request was only a reading one. */
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);
const TIMED_OUT = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** Sends one GET and reads its answer. Redirects are not followed. @throws `signal.reason` when that is aborted. */
export async function sendOnce(sending: Sending): Promise<Attempt> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  sending.signal.throwIfAborted();
  sending.signal.addEventListener('abort', abort, { once: true });
  let timedOut = false;
  // A real timer, not the injected clock: it bounds a real connection, whatever time the audit believes it is.
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, sending.timeoutMs);
  try {
    return await exchange(sending, stop.signal);
  } catch (error) {
    sending.signal.throwIfAborted();
    return timedOut ? { kind: 'timed-out' } : failedAttempt(error);
  } finally {
    clearTimeout(timer);
    sending.signal.removeEventListener('abort', abort);
  }
}

async function exchange(
  { url, dispatcher, headers, maxBodyBytes }: Sending,
  signal: AbortSignal,
): Promise<Attempt> {
  // Loaded here: a run without a request does without it.
  const { request } = await import('undici');
  const response = await request(url, { method: 'GET', dispatcher: await dispatcher, headers, signal });
  const answer = { kind: 'answered', status: response.statusCode, headers: response.headers } as const;
  if (answer.status !== 200) {
    // Read away, so that the connection can be used again; when that fails, the status has been told all the same.
    await response.body.dump({ limit: 64 * 1024 }).catch(() => undefined);
    return { ...answer, body: new Uint8Array() };
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return { ...answer, body: Buffer.concat(chunks) };
}

function failedAttempt(error: unknown): Attempt {
  const code = codeOf(error);
  if (TIMED_OUT.has(code)) return { kind: 'timed-out' };
  return { kind: CUT_OFF.has(code) ? 'cut-off' : 'unreachable', code };
}

/** A system's or library's error code; never its message, which may quote what was sent or received. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'no code';
}

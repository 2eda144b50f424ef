import type { GithubContext } from './github-context.js';
import { GithubFault } from './github-fault.js';
import { asksForPatience, MAX_WAIT_MS, MAX_WAITS, resetDelayMs } from './rate-limit-wait.js';
import { currentToken, type Token } from './token.js';
import { authorizationHeader } from '../http/authorization.js';
import { withDeadline } from '../process/with-deadline.js';

/** Beyond it a log is told, not read. Our judgement. */
const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const FOUND = 302;

/**
 * Makes what reads a file that GitHub keeps elsewhere: asked for at the API, it names an address that whoever knows it may
 * read for a minute. The token goes to the API alone, and never to that address.
 */
export function downloader(
  { apiUrl, token }: { readonly apiUrl: string; readonly token: Token },
  ctx: GithubContext,
): (url: string) => Promise<string> {
  const { origin, protocol } = new URL(apiUrl);
  return async (address) => {
    const url = new URL(address);
    if (url.origin !== origin) throw new GithubFault('foreign-host');
    const secret = await currentToken(token);
    const authorization =
      secret === undefined ? {} : { authorization: authorizationHeader({ scheme: 'bearer', secret }) };
    const answer = await patientGet(url, { 'user-agent': 'keyaudit', ...authorization }, ctx);
    if (answer.status === 200) return answer.text();
    if (answer.status !== FOUND) throw refusal(answer.status);
    const target = new URL(answer.location, url);
    // Whoever answers at the API could name anything; at the least it is as well protected as the API itself.
    if (target.protocol !== protocol) throw new GithubFault('redirected');
    const file = await get(target, { 'user-agent': 'keyaudit' }, ctx);
    if (file.status === 200) return file.text();
    throw refusal(file.status);
  };
}

/** In the form in which octokit tells of refusals. */
const refusal = (status: number): Error =>
  status === 404
    ? new GithubFault('hidden')
    : Object.assign(new Error(`GitHub answered ${status}`), { status, response: {} });

interface Got {
  readonly status: number;
  readonly location: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: () => string;
}

async function patientGet(url: URL, headers: Record<string, string>, ctx: GithubContext): Promise<Got> {
  for (let waits = 0; ; waits += 1) {
    const got = await get(url, headers, ctx);
    if (!asksForPatience(got.status, got.headers)) return got;
    const delayMs = resetDelayMs(got.headers, ctx.clock);
    if (delayMs > MAX_WAIT_MS || waits === MAX_WAITS) throw new GithubFault('limited');
    ctx.progress.note(`GitHub asks for patience; waiting ${Math.ceil(delayMs / 1_000)} s`);
    await ctx.clock.sleep(delayMs, ctx.signal);
  }
}

const get = (url: URL, headers: Record<string, string>, ctx: GithubContext): Promise<Got> =>
  withDeadline({ signal: ctx.signal, timeoutMs: TIMEOUT_MS }, (signal) =>
    getOnce(url, headers, { ctx, signal }),
  );

interface Getting {
  readonly ctx: GithubContext;
  readonly signal: AbortSignal;
}

async function getOnce(url: URL, headers: Record<string, string>, { ctx, signal }: Getting): Promise<Got> {
  try {
    const { request } = await import('undici');
    const dispatcher = await ctx.session.dispatcherFor(url);
    const { statusCode, headers: given, body } = await request(url, { headers, signal, dispatcher });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      const part = Buffer.from(chunk as Uint8Array); // no encoding is set: always bytes
      size += part.length;
      if (size > MAX_BYTES) throw new GithubFault('too-large');
      chunks.push(part);
    }
    const { location } = given;
    return {
      status: statusCode,
      location: typeof location === 'string' ? location : '',
      headers: given,
      text: () => Buffer.concat(chunks).toString('utf8'),
    };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (error instanceof GithubFault) throw error;
    throw new GithubFault(signal.aborted ? 'timed-out' : 'cut-off');
  }
}

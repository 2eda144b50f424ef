import type { Secret } from '../core/secret.js';
import { type Authorization, authorizationHeader } from './authorization.js';
import { isSafe } from './base-url.js';
import { type Advice, HttpError } from './http-error.js';
import { ATTEMPTS, type Judged, judgeAttempt } from './judge-attempt.js';
import type { RateGate } from './rate-gate.js';
import { BACKOFF_BASE_MS, BACKOFF_CAP_MS, type RateLimit, SOURCE_BUDGET } from './rate-limit.js';
import { dateMs, isUsedUp, type ResponseHeaders, retryAfterMs } from './retry-after.js';
import { sendOnce } from './send-once.js';
import type { HttpSession } from './session.js';
import type { Traffic } from './traffic.js';

export interface ApiClientOptions {
  readonly session: HttpSession;
  readonly baseUrl: string;
  readonly authorization: Authorization;
  readonly limit: RateLimit;
  /** Whose limit it counts against; the authorization's own secret unless given. */
  readonly account?: Secret;
  readonly advice: Advice;
  readonly traffic: Traffic;
}

/** Reads JSON from one API with one credential: at its pace, patiently, and nothing but GET. */
export class ApiClient {
  readonly baseUrl: string;
  readonly #options: ApiClientOptions;
  readonly #gate: RateGate;

  constructor(options: ApiClientOptions) {
    this.baseUrl = options.baseUrl;
    this.#options = options;
    const host = { origin: new URL(options.baseUrl).origin, limit: options.limit };
    this.#gate = options.session.gateFor(host, options.account ?? options.authorization.secret);
  }

  /**
   * @param what is asked for, in words for people: `the list of projects`
   * @returns the parsed body, of which nothing is known yet
   * @throws HttpError when there is no usable answer; `signal.reason` when the run is interrupted
   */
  async get(url: URL, what: string): Promise<unknown> {
    this.#refuseElsewhere(url, what);
    for (let attempt = 1; ; attempt += 1) {
      const found = this.#options.traffic.overspent;
      if (found !== undefined) throw new HttpError({ kind: 'given-up', what, found });
      const { judged, waitMs } = await this.#attempt(url, attempt);
      if (judged.kind === 'json') return judged.value;
      const error = new HttpError(failureOf(judged, what), this.#options.advice);
      if (attempt >= (ATTEMPTS[judged.failure] ?? 1)) throw error;
      if (!this.#options.traffic.takeRetry(waitMs)) throw gaveUp(judged, what, waitMs);
      await this.#pause(waitMs, judged.failure === 'rate-limited');
    }
  }

  /** Takes what a page lists from the source's budget. @throws HttpError when the budget does not have it. */
  takeRecords(count: number, what: string): void {
    if (this.#options.traffic.takeRecords(count)) return;
    const found = `more than ${SOURCE_BUDGET.records} records in all`;
    throw new HttpError(
      { kind: 'given-up', what, found },
      { 'given-up': 'No account is known to hold so many. If yours does, say so to the makers of keyaudit.' },
    );
  }

  async #attempt(url: URL, attempt: number): Promise<{ judged: Judged; waitMs: number }> {
    const { session, traffic } = this.#options;
    const { requestTimeoutMs: timeoutMs, maxBodyBytes, signal } = session;
    const passage = { signal, waited: (ms: number) => traffic.waited(ms) };
    const result = await this.#gate.pass(async () => {
      traffic.sent();
      const sentMs = session.clock.now();
      const headers = {
        accept: 'application/json',
        'user-agent': 'keyaudit',
        authorization: authorizationHeader(this.#options.authorization),
      };
      const dispatcher = session.dispatcherFor(url);
      const sent = await sendOnce({ dispatcher, url, headers, signal, timeoutMs, maxBodyBytes });
      traffic.received(sent.kind === 'answered' ? sent.body.length : 0, session.clock.now() - sentMs);
      return sent;
    }, passage);
    const told = result.kind === 'answered' ? this.#heed(result.headers) : undefined;
    const judged = judgeAttempt(result, { timeoutMs, maxBodyBytes });
    return { judged, waitMs: told ?? backoffMs(attempt, session.random()) };
  }

  /** Stops before the limit does, where the server says that the window is used up. */
  #heed(headers: ResponseHeaders): number | undefined {
    const { session, traffic } = this.#options;
    const now = session.clock.now();
    const date = dateMs(headers['date']);
    if (date !== undefined) traffic.sawTime(date, now);
    const told = retryAfterMs(headers, now);
    // The header counts whole seconds. Of windows of one second our own gate keeps better count.
    if (told !== undefined && told > 1000 && isUsedUp(headers) && traffic.takePause(told)) {
      this.#gate.hold(session.clock.now() + told);
    }
    return told;
  }

  async #pause(waitMs: number, everybody: boolean): Promise<void> {
    const { session, traffic } = this.#options;
    // One 429 speaks for all requests of this credential.
    if (everybody) return this.#gate.hold(session.clock.now() + waitMs);
    traffic.waited(waitMs);
    await session.clock.sleep(waitMs, session.signal);
  }

  #refuseElsewhere(url: URL, what: string): void {
    if (isSafe(url) && url.origin === new URL(this.baseUrl).origin) return;
    const found = 'an address outside of the base URL, to which no credential is sent';
    throw new HttpError({ kind: 'redirected', what, found }, this.#options.advice);
  }
}

/** Full jitter: anything between nothing and a bound that doubles with each attempt. */
export const backoffMs = (attempt: number, random: number): number =>
  Math.round(random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempt - 1)));

type Failed = Extract<Judged, { kind: 'failed' }>;

const failureOf = ({ failure, found, status, next }: Failed, what: string): HttpError['failure'] => ({
  kind: failure,
  what,
  found,
  ...(status === undefined ? {} : { status }),
  ...(next === undefined ? {} : { next }),
});

function gaveUp({ found }: Failed, what: string, waitMs: number): HttpError {
  const seconds = Math.ceil(waitMs / 1000);
  return new HttpError({
    kind: 'given-up',
    what,
    found: `${found}, and waiting ${seconds} s more would go beyond what one source may cost`,
  });
}

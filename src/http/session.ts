import type { Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { Clock } from '../core/run-context.js';
import type { Secret } from '../core/secret.js';
import { isLoopback } from './loopback.js';
import { RateGate } from './rate-gate.js';
import { MAX_BODY_BYTES, type RateLimit, REQUEST_TIMEOUT_MS } from './rate-limit.js';

export interface SessionOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Used for all requests instead of our own; stays open. */
  readonly dispatcher?: Dispatcher;
  /** In [0, 1), for the jitter of waiting times. */
  readonly random?: () => number;
  readonly requestTimeoutMs?: number;
  readonly maxBodyBytes?: number;
}

/** What all requests of one run share: connections, and one rate gate per host, API and credential. */
export class HttpSession {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: () => number;
  readonly requestTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly #given: Dispatcher | undefined;
  readonly #env: SessionOptions['env'];
  /** Made for the first request: most runs of `keyaudit leaks` have none, and loading undici takes longer than their scan. */
  #own: Promise<OwnDispatchers> | undefined;
  readonly #gates = new Map<string, RateGate>();

  constructor(options: SessionOptions) {
    this.signal = options.signal;
    this.clock = options.clock;
    this.random = options.random ?? Math.random;
    this.requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
    this.maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
    this.#given = options.dispatcher;
    this.#env = options.env;
  }

  /** This machine itself is reached directly: a proxy would be given the credential in clear. */
  async dispatcherFor(url: URL): Promise<Dispatcher> {
    if (this.#given !== undefined) return this.#given;
    this.#own ??= ownDispatchers(this.#env);
    const { direct, proxied } = await this.#own;
    return isLoopback(url.hostname) ? direct : proxied;
  }

  /** The one gate of an API at a host with a credential, whoever asks. */
  gateFor(host: { readonly origin: string; readonly limit: RateLimit }, credential: Secret): RateGate {
    const id = `${host.origin} ${host.limit.api} ${credential.fingerprint()}`;
    const gate = this.#gates.get(id) ?? new RateGate(host.limit, this.clock);
    this.#gates.set(id, gate);
    return gate;
  }

  async close(): Promise<void> {
    const own = await this.#own;
    if (own !== undefined) await Promise.all([own.direct.destroy(), own.proxied.destroy()]);
  }
}

interface OwnDispatchers {
  readonly direct: Dispatcher;
  readonly proxied: Dispatcher;
}

async function ownDispatchers(env: SessionOptions['env']): Promise<OwnDispatchers> {
  const undici = await import('undici');
  return {
    direct: new undici.Agent({ connections: 8 }),
    proxied: new undici.EnvHttpProxyAgent({ connections: 8, ...proxySettings(env) }),
  };
}

function proxySettings(env: SessionOptions['env']): EnvHttpProxyAgent.Options {
  // Empty, not absent: absent would make undici look into the real environment.
  const setting = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  return {
    httpProxy: setting('HTTP_PROXY'),
    httpsProxy: setting('HTTPS_PROXY'),
    noProxy: setting('NO_PROXY'),
  };
}

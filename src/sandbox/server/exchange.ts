import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

export const SERVICE_NAMES = [
  'api-video-admin',
  'api-video',
  'vidbeo',
  'cognitive3d',
  'github',
  'git',
] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** One request, as a service of the sandbox sees it. */
export interface Exchange {
  readonly method: string;
  /** Behind the service's prefix; begins with a slash. Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  /** `http://127.0.0.1:PORT` + the service's prefix, for links. */
  readonly base: string;
  readonly signal: AbortSignal;
}

/** `body` is sent as JSON, `stream` as it comes; neither = no body. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly stream?: Readable;
}

/** The statuses that every service can refuse with, each in its vendor's own form. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 429 | 500;

export interface Service {
  readonly name: ServiceName;
  /** Path on the sandbox's server, without a slash at the end. */
  readonly prefix: string;
  readonly handle: (exchange: Exchange) => Answer | Promise<Answer>;
  readonly refuse: (status: RefusalStatus) => Answer;
}

import { AuditError } from '../core/errors/audit-error.js';

export const FAILURE_KINDS = [
  'bad-request',
  'unauthorised',
  'forbidden',
  'not-found',
  'rate-limited',
  'server-error',
  'unexpected-status',
  'redirected',
  'malformed',
  'too-large',
  'cut-off',
  'timed-out',
  'unreachable',
  'given-up',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** What a vendor's answer of that kind may mean and what to do about it; a vendor's own words replace ours. */
export type Advice = Partial<Record<FailureKind, string>>;

const ADVICE = {
  'bad-request': 'The vendor may have changed its API, or the base URL is that of another one.',
  unauthorised:
    'The key is wrong, was deleted, or belongs to another environment: check which key this source is given.',
  forbidden:
    'The account is suspended, the key lacks the right to read this, or it may not be used from this address.',
  'not-found': 'Check the base URL; the object may also have been deleted meanwhile.',
  'rate-limited': 'Other programs use the same limit; run the audit at another time.',
  'server-error': "The vendor's service has trouble; look at its status page and run the audit again.",
  'unexpected-status': 'Check the base URL, and whether a proxy answers in place of the vendor.',
  redirected: 'A credential is never sent on to another address: set the base URL to the final one.',
  malformed: 'Check the base URL; a proxy or a login page may answer in place of the vendor.',
  'too-large': 'Check the base URL; the vendor does not send answers of this size.',
  'cut-off': 'The connection broke several times; check the network and run the audit again.',
  'timed-out': 'The vendor or a proxy on the way is too slow; run the audit again.',
  unreachable:
    'Check the network, the name, the proxy settings (HTTPS_PROXY, NO_PROXY) and the certificates.',
  'given-up': 'The source was too slow or failed too often; run the audit again when it is well.',
} satisfies Record<FailureKind, string>;

export interface HttpFailure {
  readonly kind: FailureKind;
  /** What was asked for, in our words: `the list of projects`. */
  readonly what: string;
  /** What was found, in our words. */
  readonly found: string;
  readonly status?: number;
  /** The next step, where this fault has one of its own. */
  readonly next?: string;
}

/** An answer that could not be used. Its texts are ours alone: nothing the server said, nothing that was sent. */
export class HttpError extends AuditError {
  readonly exitCode = 3;
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, advice: Advice = {}) {
    const hint = failure.next ?? advice[failure.kind] ?? ADVICE[failure.kind];
    super(`${failure.what}: ${failure.found}`, { hint });
    this.failure = failure;
  }
}

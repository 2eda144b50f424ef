import { GithubFault, type GithubFaultKind } from './github-fault.js';
import { missingRight } from './missing-right.js';
import { asksForPatience } from './rate-limit-wait.js';

const FAULTS = {
  'foreign-host':
    'an answer led to another host, where the token must not go; check apiUrl and what answers there',
  redirected: 'the answer is an endless redirect; check apiUrl',
  conflict: 'GitHub says that the repository is empty or damaged (409)',
  'too-large': 'an answer is larger than any page should be; check apiUrl',
  malformed: 'the answer is not JSON; check apiUrl and proxies on the way',
  'cut-off': 'the connection broke within an answer, repeatedly; try again later',
  'timed-out': 'no answer in time; try again later',
  interrupted: 'the run was interrupted',
  'too-slow': 'GitHub answers too slowly; the run does not wait any longer for it: try again later',
  'too-much':
    'the list goes on beyond what one may take, so its rest was not read; check what answers at apiUrl',
  endless: 'the list did not end; check what answers at apiUrl',
  'no-installation':
    "GitHub gives no token for the app: check app.id, app.installationId and the private key, and this machine's clock",
  forbidden: 'GitHub forbids it: the token lacks a right, or single sign-on must be authorised for it',
  hidden: 'not found, or the token may not see it: check the name and give the token access',
  limited: 'GitHub asks for fewer requests, for longer than this run waits; try again later',
  refused: 'GitHub could not answer the question; try again later',
} satisfies Record<GithubFaultKind, string>;

const STATUSES: Readonly<Record<number, string>> = {
  401: 'GitHub does not accept the token; it is wrong, has expired or was revoked: make a new one',
  403: FAULTS.forbidden,
  404: FAULTS.hidden,
  410: 'switched off or gone',
  429: FAULTS.limited,
  451: 'GitHub blocks it for legal reasons',
};

/**
 * A sentence for people about a request to GitHub that failed. Never quotes what GitHub said: that may be anybody's text.
 * @throws the error itself where GitHub cannot have caused it: that is a bug.
 */
export function failureReason(error: unknown): string {
  const fault = faultOf(error);
  if (fault !== undefined) return FAULTS[fault.kind];
  const status = statusOf(error);
  if (status === undefined) throw error;
  // Octokit gives errors of the connection the status 500, and no response.
  if (!hasResponse(error)) return 'GitHub cannot be reached; check apiUrl, the network and proxies';
  const headers = headersOf(error);
  if (status === 403 && (isRateLimit(error) || asksForPatience(status, headers))) return FAULTS.limited;
  const reason =
    STATUSES[status] ??
    (status >= 500 ? `GitHub failed with ${status}; try again later` : `GitHub answered ${status}`);
  const missing = status === 403 || status === 404 ? missingRight(headers) : undefined;
  return missing === undefined ? reason : `${reason}; ${missing}`;
}

function faultOf(error: unknown): GithubFault | undefined {
  if (error instanceof GithubFault) return error;
  return error instanceof Error && error.cause instanceof GithubFault ? error.cause : undefined;
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;
}

const hasResponse = (error: unknown): boolean =>
  error instanceof Error && 'response' in error && error.response !== undefined;

/** Of the answer, with names in lower case. */
export function headersOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('headers' in error) return error.headers;
  const response = 'response' in error ? error.response : undefined;
  return typeof response === 'object' && response !== null && 'headers' in response
    ? response.headers
    : undefined;
}

const isRateLimit = (error: unknown): boolean =>
  error instanceof Error && /\brate limit\b/i.test(error.message.slice(0, 500));

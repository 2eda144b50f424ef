import { connectionFault } from './connection-faults.js';
import type { FailureKind } from './http-error.js';
import { parseJson } from './parse-json.js';
import type { Attempt } from './send-once.js';

export type Judged =
  | { readonly kind: 'json'; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly failure: FailureKind;
      readonly found: string;
      readonly status?: number;
      /** The next step, where this fault has one of its own. */
      readonly next?: string;
    };

/** Failures that another attempt may cure, with how often it is tried in all. Never 400, 401, 403, 404. */
export const ATTEMPTS: Partial<Record<FailureKind, number>> = {
  'rate-limited': 5,
  'server-error': 5,
  'cut-off': 5,
  'timed-out': 2,
};

/** Says in our own words what an attempt brought; nothing that the server wrote is repeated. */
export function judgeAttempt(attempt: Attempt, limits: { timeoutMs: number; maxBodyBytes: number }): Judged {
  switch (attempt.kind) {
    case 'too-large':
      return failed('too-large', `an answer of more than ${limits.maxBodyBytes} bytes`);
    case 'timed-out':
      return failed('timed-out', `no whole answer within ${limits.timeoutMs} ms`);
    case 'cut-off':
      return failed('cut-off', `the connection broke before the end of the answer (${attempt.code})`);
    case 'unreachable':
      return unreachable(attempt.code);
    case 'answered':
      return judgeAnswer(attempt);
  }
}

function unreachable(code: string): Judged {
  const { found, next } = connectionFault(code) ?? { found: 'no connection' };
  const failure = { kind: 'failed', failure: 'unreachable', found: `${found} (${code})` } as const;
  return next === undefined ? failure : { ...failure, next };
}

function judgeAnswer(answer: Extract<Attempt, { kind: 'answered' }>): Judged {
  const { status } = answer;
  const kind = failureOf(status);
  if (kind !== undefined)
    return { kind: 'failed', failure: kind, found: `the server answered ${status}`, status };
  const type = String(answer.headers['content-type'] ?? '');
  if (/\bhtml\b/i.test(type.slice(0, 200))) return failed('malformed', 'a web page in place of JSON');
  const encoding = answer.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return failed('malformed', 'a compressed answer, which was not asked for');
  }
  const parsed = parseJson(answer.body);
  return parsed.ok ? { kind: 'json', value: parsed.value } : failed('malformed', parsed.problem);
}

const EXPECTED_STATUS: Readonly<Record<number, FailureKind>> = {
  400: 'bad-request',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
};

function failureOf(status: number): FailureKind | undefined {
  if (status === 200) return undefined;
  if (status >= 500) return 'server-error';
  if (status >= 300 && status < 400) return 'redirected';
  return EXPECTED_STATUS[status] ?? 'unexpected-status';
}

const failed = (failure: FailureKind, found: string): Judged => ({ kind: 'failed', failure, found });

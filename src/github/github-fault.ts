/** Why an exchange with GitHub gave no usable answer, though GitHub itself refused nothing. */
export type GithubFaultKind =
  | 'foreign-host'
  | 'redirected'
  | 'conflict'
  | 'too-large'
  | 'malformed'
  | 'cut-off'
  | 'timed-out'
  | 'endless'
  /** All answers about one thing together. */
  | 'too-much'
  /** GitHub gives no token for the app's installation. */
  | 'no-installation'
  /** Refusals that come with status 200: of a right, of a look, of more requests, of anything else. */
  | 'forbidden'
  | 'hidden'
  | 'limited'
  | 'refused'
  /** Slow answers took more than all of them together may. */
  | 'too-slow'
  /** The run was; who asked throws the signal's own reason. */
  | 'interrupted';

/** Named `AbortError` where a second attempt would be the same, because octokit repeats nothing of that name. */
export class GithubFault extends Error {
  readonly kind: GithubFaultKind;

  constructor(kind: GithubFaultKind) {
    super(`GitHub: ${kind}`);
    this.kind = kind;
    this.name = REPEATED.has(kind) ? 'GithubFault' : 'AbortError';
  }
}

const REPEATED: ReadonlySet<GithubFaultKind> = new Set(['cut-off', 'timed-out', 'malformed']);

/** Time, as injected by the command line, so that everything below it can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects at once with `signal.reason` when that is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** What is going on, for people who wait. Texts may be untrusted; the command line cleans and shows them. */
export interface Progress {
  note(message: string): void;
  /** Something of which there is one a repository or key: for who watches a terminal, or asked for more. */
  detail(message: string): void;
}

/** What every part that waits, talks or works for long is given. */
export interface RunContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly progress: Progress;
}

import type { HttpSession } from '../http/session.js';
import type { RunContext } from '../core/run-context.js';

/** A run, and the connections through which GitHub is reached. */
export interface GithubContext extends RunContext {
  readonly session: Pick<HttpSession, 'dispatcherFor'>;
}

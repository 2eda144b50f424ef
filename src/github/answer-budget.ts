import type { Octokit } from 'octokit';
import { GithubFault } from './github-fault.js';

/** As much as all keys of a vendor may take. A million comments of the usual length are less. Our judgement. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Two million items, page by page. */
const MAX_REQUESTS = 20_000;

/** What the answers about one thing, such as a list, may take together: a server need not end it. */
export class AnswerBudget {
  readonly #maxBytes: number;
  #bytes = 0;
  #requests = 0;

  constructor(maxBytes: number = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  renew(): void {
    this.#bytes = 0;
    this.#requests = 0;
  }

  spend(bytes: number): void {
    this.#bytes += bytes;
    this.#requests += 1;
  }

  /** @throws GithubFault when nothing is left. */
  assertLeft(): void {
    if (this.#bytes > this.#maxBytes || this.#requests > MAX_REQUESTS) throw new GithubFault('too-much');
  }
}

const budgets = new WeakMap<Octokit, AnswerBudget>();

export const setBudget = (octokit: Octokit, budget: AnswerBudget): void => void budgets.set(octokit, budget);

/** To be called before the next thing is asked for. */
export const renewBudget = (octokit: Octokit): void => budgets.get(octokit)?.renew();

/** A limit starts anew within the hour, and one wait is 5 minutes at the most: who refuses for so long goes on refusing. Our judgement. */
const MAX_VAIN_MS = 15 * 60_000;

/**
 * Bounds how long one GitHub is waited for that only ever asks to wait: each request alone may wait a few times, and there can be
 * thousands of them. An answer to any of them begins anew.
 */
export class Patience {
  #sinceMs: number | undefined;

  /** Whether another wait is worth it; the first one after an answer always is. */
  isLeft(nowMs: number): boolean {
    this.#sinceMs ??= nowMs;
    return nowMs - this.#sinceMs <= MAX_VAIN_MS;
  }

  answered(): void {
    this.#sinceMs = undefined;
  }
}

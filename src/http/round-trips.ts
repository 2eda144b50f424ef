/**
 * How long a request surely takes. Requests have different ways there and back, and only their sum is ever seen: the way
 * there of one with the way back of another may be shorter than any sum. So the spread of late is taken off the shortest:
 * with a constant round trip nothing is, with an unsteady one up to all of it.
 */
export class RoundTrips {
  readonly #remembered: number;
  readonly #recent: number[] = [];
  #shortest = Number.POSITIVE_INFINITY;

  /** @param remembered of how many the spread is taken; before half as many were seen, nothing is sure */
  constructor(remembered: number) {
    this.#remembered = remembered;
  }

  add(ms: number): void {
    this.#shortest = Math.min(this.#shortest, ms);
    this.#recent.push(ms);
    if (this.#recent.length > this.#remembered) this.#recent.shift();
  }

  /** What the way there of one request and the way back of another take at least, in milliseconds. */
  get surelyMs(): number {
    if (this.#recent.length < this.#remembered / 2) return 0;
    const spread = Math.max(...this.#recent) - this.#shortest;
    return Math.max(0, this.#shortest - spread);
  }
}

/** Deterministic draws: the same seed gives the same numbers. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    for (let i = 0; i < 4; i += 1) this.below(2);
  }

  /** @returns a whole number in [0, limit). */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  from<T>(list: readonly T[]): T {
    const drawn = list[this.below(list.length)];
    if (drawn === undefined) throw new RangeError('expected a list with something in it');
    return drawn;
  }

  /** Lines that look like a program's. */
  lines(count: number): string[] {
    const words = [
      'const',
      'player',
      'stream',
      'return',
      'width',
      'await',
      'token',
      'if',
      '(value)',
      '=',
      '{',
      '};',
    ];
    return Array.from({ length: count }, () =>
      Array.from({ length: 1 + this.below(8) }, () => this.from(words)).join(' '),
    );
  }
}

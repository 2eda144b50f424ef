// Numbers that are the same for the same seed, so that every input can be made again from its target, seed and number.
export class Random {
  #state;

  constructor(...seed) {
    this.#state = 0x9e3779b9;
    for (const character of seed.join('\n')) this.#mix(character.codePointAt(0));
  }

  #mix(value) {
    this.#state = Math.imul(this.#state ^ value, 0x01000193) >>> 0;
  }

  /** A whole number in [0, 2^32): mulberry32. */
  word() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A whole number in [0, below). */
  below(below) {
    return Math.floor((this.word() / 2 ** 32) * below);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** True `one` times in `of`. */
  chance(one, of) {
    return this.below(of) < one;
  }
}

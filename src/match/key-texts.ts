/** Texts of keys in a row, each with the same text backwards behind it. */
export interface KeyTexts {
  /** The number of the key that each text is of. */
  readonly owners: Uint32Array;
  /** Where each of the texts, forwards and backwards, begins in `bytes`; one entry more than these. */
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
  /** Of the shortest text. */
  readonly minLength: number;
}

export interface KeyText {
  readonly owner: number;
  readonly bytes: Uint8Array;
}

/** Fills {@link KeyTexts} text by text, without an object for each: there may be a hundred thousand. */
export class KeyTextsBuilder {
  readonly #owners: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;
  #count = 0;
  #minLength = Number.POSITIVE_INFINITY;

  /** @param texts how many will be added, and of how many bytes together */
  constructor(texts: { readonly count: number; readonly bytes: number }) {
    this.#owners = new Uint32Array(texts.count);
    this.#starts = new Uint32Array(2 * texts.count + 1);
    this.#bytes = new Uint8Array(2 * texts.bytes);
  }

  static of(texts: readonly KeyText[]): KeyTexts {
    const bytes = texts.reduce((sum, text) => sum + text.bytes.length, 0);
    const builder = new KeyTextsBuilder({ count: texts.length, bytes });
    for (const text of texts) builder.add(text.owner, text.bytes);
    return builder.built();
  }

  /** Adds what stands in `source` between two places. */
  add(owner: number, source: Uint8Array, from = 0, to = source.length): void {
    const [bytes, starts, length] = [this.#bytes, this.#starts, to - from];
    const at = starts[2 * this.#count] ?? 0;
    for (let i = 0, last = at + 2 * length - 1; i < length; i += 1) {
      const byte = source[from + i] ?? 0;
      bytes[at + i] = byte;
      bytes[last - i] = byte;
    }
    this.#owners[this.#count] = owner;
    starts[2 * this.#count + 1] = at + length;
    starts[2 * this.#count + 2] = at + 2 * length;
    this.#count += 1;
    if (length < this.#minLength) this.#minLength = length;
  }

  built(): KeyTexts {
    return {
      owners: this.#owners,
      starts: this.#starts,
      bytes: this.#bytes,
      minLength: this.#minLength,
    };
  }
}

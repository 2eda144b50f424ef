import { createHash, createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import type { Fingerprint } from './digest.js';

const SHOWN = '[secret]';

/**
 * A key's value. It lives in a private field, and every ordinary way to turn an object into text
 * (string conversion, template, JSON, inspect, spread, structured clone) shows `[secret]` or nothing.
 * {@link reveal} is the only way out; a test counts its callers.
 */
export class Secret {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  /** @param value the clear text; must not be empty. */
  static of(value: string): Secret {
    if (value === '') throw new TypeError('a secret cannot be empty');
    return new Secret(value);
  }

  /** The clear text, for the request to the vendor that issued it and for matching in memory. Nothing else. */
  reveal(): string {
    return this.#value;
  }

  /** Whether the value begins with a publicly known text, such as the prefix of a vendor's keys. */
  startsWith(prefix: string): boolean {
    return this.#value.startsWith(prefix);
  }

  /** What stands behind `prefix`, as a secret; this one when it does not begin so or nothing is behind. */
  without(prefix: string): Secret {
    const rest = this.startsWith(prefix) ? this.#value.slice(prefix.length) : '';
    return rest === '' ? this : new Secret(rest);
  }

  /** Length in UTF-16 units. */
  get length(): number {
    return this.#value.length;
  }

  /**
   * `kf1:<length>:<64 hex>`: identifies the key without revealing it.
   * @param pepper keys the digest (HMAC), so that short keys cannot be guessed from it.
   */
  fingerprint(pepper?: Secret): Fingerprint {
    const input = `keyaudit/kf1\0${this.#value}`;
    const digest =
      pepper === undefined
        ? createHash('sha256').update(input).digest('hex')
        : createHmac('sha256', pepper.#value).update(input).digest('hex');
    return `kf1:${this.#value.length}:${digest}` as Fingerprint;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.toPrimitive](): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}

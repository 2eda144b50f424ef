import { type KeyRef, keyRefText } from './key.js';
import type { Secret } from './secret.js';

/** The values of keys, apart from their records, so that records can be written down and values cannot. */
export class KeyRing {
  readonly #entries = new Map<string, { readonly ref: KeyRef; readonly secret: Secret }>();

  add(ref: KeyRef, secret: Secret): void {
    this.#entries.set(keyRefText(ref), { ref: { source: ref.source, id: ref.id }, secret });
  }

  get(ref: KeyRef): Secret | undefined {
    return this.#entries.get(keyRefText(ref))?.secret;
  }

  /** In the order in which they were added. */
  entries(): readonly { readonly ref: KeyRef; readonly secret: Secret }[] {
    return [...this.#entries.values()];
  }

  get size(): number {
    return this.#entries.size;
  }
}

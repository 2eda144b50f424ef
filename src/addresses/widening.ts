import type { Allowlist } from './allowlist.js';
import { unionOf } from './union.js';

/** What a later list lets in that an earlier one did not, as sets of addresses, however both are written. */
export type Widening =
  | { readonly kind: 'none' }
  /** The list is gone, and with it every bound. */
  | { readonly kind: 'any-address' }
  /** The entries that hold new addresses, as written. */
  | { readonly kind: 'wider'; readonly entries: readonly string[] }
  /** An entry that cannot be read leaves it open. */
  | { readonly kind: 'unreadable' };

/** The empty list is the widest one. */
export function wideningOf(before: Allowlist, after: Allowlist): Widening {
  if (before.texts.length === 0) return { kind: 'none' };
  if (after.texts.length === 0) return { kind: 'any-address' };
  const held = unionOf(before.entries.map(({ range }) => range));
  const entries = after.entries.filter(({ range }) => !held.covers(range)).map(({ text }) => text);
  // What an unreadable entry of the earlier list held, nobody knows: the new entries may have been in it.
  if (entries.length > 0) return before.unreadable.length === 0 ? { kind: 'wider', entries } : UNREADABLE;
  const known = new Set(before.unreadable);
  return after.unreadable.every((text) => known.has(text)) ? { kind: 'none' } : UNREADABLE;
}

const UNREADABLE = { kind: 'unreadable' } as const;

import type { Declaration, KeyRecord } from '../core/key.js';
import { keyRefText } from '../core/key.js';
import type { Register } from './register.js';

/**
 * Joins what people wrote down to the keys. The register wins over what the source's own configuration declares,
 * field by field; entries whose key is not listed are named, because they may be typos or deleted keys.
 */
export function declareKeys(
  keys: readonly KeyRecord[],
  register: Register | undefined,
): { readonly keys: readonly KeyRecord[]; readonly unmatched: readonly string[] } {
  if (register === undefined) return { keys, unmatched: [] };
  const listed = new Set(keys.map(keyRefText));
  return {
    keys: keys.map((key) => withDeclaration(key, register.entries.get(keyRefText(key)))),
    unmatched: [...register.entries.keys()].filter((ref) => !listed.has(ref)),
  };
}

function withDeclaration(key: KeyRecord, entry: Declaration | undefined): KeyRecord {
  if (entry === undefined) return key;
  const own = key.declared;
  if (own === undefined) return { ...key, declared: entry };
  const declared: Declaration = {
    owner: entry.owner ?? own.owner,
    system: entry.system ?? own.system,
    purpose: entry.purpose ?? own.purpose,
    access: entry.access ?? own.access,
    environment: entry.environment ?? own.environment,
    reviewBy: entry.reviewBy ?? own.reviewBy,
    expires: entry.expires ?? own.expires,
    status: entry.status ?? own.status,
    at: entry.at ?? own.at,
  };
  return { ...key, declared };
}

import { type VendorId, vendorId } from '../core/brand.js';
import { type Fact, known, notApplicable, unknown } from '../core/fact.js';
import type { Inventory } from '../core/inventory.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { Register, WrittenKey } from './register.js';
import { wholeSources } from './whole-sources.js';

/** What of the configured sources it takes. */
export interface ConfiguredSource {
  readonly id: string;
  readonly vendor: string;
}

/** Vendors whose API lists every key that works: one that it does not list is gone. Cognitive3D lists none. */
const LISTING: ReadonlySet<string> = new Set(['api-video', 'vidbeo']);

/**
 * Keys that the register names with their fingerprint and that no configured source lists (any more), so that a leaked string
 * can still be told for what it was. They are no part of the inventory: nothing but leaks is judged with them.
 */
export function deletedKeys(
  inventory: Inventory,
  register: Register | undefined,
  sources: readonly ConfiguredSource[],
): readonly KeyRecord[] {
  const written = register?.written.filter(({ fingerprint }) => fingerprint !== undefined) ?? [];
  if (written.length === 0) return [];
  const listed = new Set(inventory.keys.map(keyRefText));
  const whole = wholeSources(inventory);
  const vendors = new Map<string, string>([
    ...inventory.keys.map(({ source, vendor }) => [source, vendor] as const),
    ...sources.map(({ id, vendor }) => [id, vendor] as const),
  ]);
  return written.flatMap((key) => {
    const vendor = vendors.get(key.source);
    if (vendor === undefined || listed.has(keyRefText(key))) return [];
    const isListing = LISTING.has(vendor);
    const isGone = isListing && whole.has(key.source);
    const nothing = isGone ? GONE : isListing ? UNREAD : UNLISTED;
    return [
      { ...recordOf(key, vendorId(vendor), nothing), declared: register?.entries.get(keyRefText(key)) },
    ];
  });
}

const GONE = notApplicable('the key was deleted: its vendor does not list it any more');
const UNREAD = unknown('its source was not read completely, so it may still be there');
const UNLISTED = unknown('its vendor lists no keys, so it may still be there');

/** @param nothing what is to be said of all that nobody tells any more */
function recordOf(
  { source, id, name, fingerprint }: WrittenKey,
  vendor: VendorId,
  nothing: Fact<never>,
): KeyRecord {
  return {
    source,
    id,
    vendor,
    kind: 'key of the register',
    scope: 'project',
    name: name === undefined ? nothing : known(name),
    fingerprint: fingerprint === undefined ? nothing : known(fingerprint),
    live: nothing === GONE ? known(false) : nothing,
    project: nothing,
    createdAt: nothing,
    updatedAt: nothing,
    expiresAt: nothing,
    lastUsedAt: nothing,
    access: nothing,
    permissions: nothing,
    allowlist: nothing,
    anyAddress: nothing,
    createdBy: nothing,
    format: nothing,
    reaches: nothing,
    usedByAudit: false,
    declared: undefined,
  };
}

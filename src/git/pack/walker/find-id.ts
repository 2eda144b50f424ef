// Finds ids in the pack's index: as the first bits tell, which a table of places knows, and then one by one.
import { NOWHERE, plan } from "./plan";

/** Beyond so many ids that begin alike, which nobody meets by chance, a search halves them. */
const FEW: u32 = 32;

@inline
function idAt(i: u32): usize { return plan.idx + 8 + 1024 + 20 * i; }

@inline
function bucketOf(id: usize): u32 { return bswap(load<u32>(id)) >>> plan.idShift; }

/** Fills in the table of places; false when the ids are not in order. */
export function placeIds(): bool {
  let bucket: u32 = 0;
  for (let i: u32 = 0; i < plan.count; i++) {
    const own = bucketOf(idAt(i));
    if (own < bucket) return false;
    for (; bucket < own; bucket++) store<u32>(plan.idPlaces + 4 * bucket, i, 4);
  }
  for (const end: u32 = 0xffffffff >>> plan.idShift; bucket <= end; bucket++) store<u32>(plan.idPlaces + 4 * bucket, plan.count, 4);
  return true;
}

/** The place of a 20-byte id in the order of ids, or NOWHERE. */
function placeOf(id: usize): u32 {
  const place = plan.idPlaces + 4 * bucketOf(id);
  let lo = load<u32>(place), hi = load<u32>(place, 4);
  while (hi - lo > FEW) {
    const mid = (lo + hi) >>> 1;
    if (memory.compare(idAt(mid), id, 20) <= 0) lo = mid; else hi = mid;
  }
  for (const first = load<u64>(id), second = load<u64>(id, 8), third = load<u32>(id, 16); lo < hi; lo++) {
    const other = idAt(lo);
    if (load<u64>(other) == first && load<u64>(other, 8) == second && load<u32>(other, 16) == third) return lo;
  }
  return NOWHERE;
}

/** Where in the index an id stands if it is there, or near to that. */
export function nearTo(id: usize): u32 { return <u32>(idAt(load<u32>(plan.idPlaces + 4 * bucketOf(id))) - plan.idx); }

export function hasOid(id: usize): bool { return placeOf(id) != NOWHERE; }

/** Its place in the order of the pack, or NOWHERE. */
export function findOid(id: usize): u32 {
  const place = placeOf(id);
  return place == NOWHERE ? NOWHERE : load<u32>(plan.inverse + 4 * place);
}

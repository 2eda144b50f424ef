import type { Listing } from '../http/paginate.js';

/** The list was one thing at its beginning and another at its end, so pages may have shifted and hidden something. */
export function isUnsteady({ total, totalChanged, repeated, items, failure }: Listing<unknown>): boolean {
  if (failure !== undefined) return false;
  return totalChanged || repeated > 0 || (total !== undefined && total !== items.length);
}

/**
 * Reads a list, and once more when it changed while it was read.
 * @param onAgain hears of the second reading, so that people can be told
 */
export async function listSteadily<L extends Listing<unknown>>(
  read: () => Promise<L>,
  onAgain: () => void,
): Promise<L> {
  const first = await read();
  if (!isUnsteady(first)) return first;
  onAgain();
  const second = await read();
  return second.failure === undefined ? second : first;
}

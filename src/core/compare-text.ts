/** Compares texts by code unit, the same on every machine and in every locale; for `sort` and `toSorted`. */
export const compareText = (left: string, right: string): number =>
  left === right ? 0 : left < right ? -1 : 1;

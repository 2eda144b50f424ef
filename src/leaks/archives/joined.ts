/** As in the addresses of jar files: `lib.zip!/inner.zip!/a.txt`. */
export const joined = (outer: string, inner: string): string =>
  [outer, inner].filter((part) => part !== '').join('!/');

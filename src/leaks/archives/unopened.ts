/**
 * How archives begin that are known, and not opened; a question mark is any byte, and sixteen bytes tell them all. In the order
 * in which they are told.
 */
const BEGINNINGS = {
  xz: ['\xfd7zXZ\0'],
  // Its own sign is short: behind the level stands the number pi.
  bzip2: ['BZh?1AY&SY'],
  zstd: ['\x28\xb5\x2f\xfd'],
  '7z': ['7z\xbc\xaf\x27\x1c'],
  rar: ['Rar!\x1a\x07'],
  lz4: ['\x04\x22\x4d\x18', '\x02\x21\x4c\x18'],
  lzip: ['LZIP\x01'],
  // The usual properties, the size of the dictionary, and a length that is not known.
  lzma: ['\x5d\0\0??\xff\xff\xff\xff\xff\xff\xff\xff'],
  lzop: ['\x89LZO\0\r\n\x1a\n'],
  // The number of bits, 9 to 16, and a flag that all set.
  compress: ['\x89', '\x8a', '\x8b', '\x8c', '\x8d', '\x8e', '\x8f', '\x90'].map((bits) => `\x1f\x9d${bits}`),
  cab: ['MSCF\0\0\0\0'],
  rpm: ['\xed\xab\xee\xdb'],
  xar: ['xar!\0'],
  // Behind the size of the whole header that of its fixed part, as old and new ones have it.
  arj: ['\x60\xea??\x1e', '\x60\xea??\x22'],
  // Behind the header's size and sum, the method.
  lzh: ['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7', 'hd', 'z4', 'z5', 'zs'].map(
    (method) => `??-l${method}-`,
  ),
} as const satisfies Record<string, readonly string[]>;

export type UnopenedKind = keyof typeof BEGINNINGS;

export const UNOPENED_KINDS = Object.keys(BEGINNINGS) as readonly UnopenedKind[]; // keys of a constant object

export const UNOPENED_SIGNS: readonly string[] = Object.values(BEGINNINGS).flat();

/** @param begin the first bytes as Latin-1; the pack reader (`walker/archives.ts`) looks at the same ones. */
export const unopenedKind = (begin: string): UnopenedKind | undefined =>
  UNOPENED_KINDS.find((kind) => BEGINNINGS[kind].some((sign) => beginsWith(begin, sign)));

function beginsWith(begin: string, sign: string): boolean {
  for (let i = 0; i < sign.length; i += 1) if (sign[i] !== '?' && sign[i] !== begin[i]) return false;
  return true;
}

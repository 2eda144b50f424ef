// Whether a blob may be an archive, as `archive-kind.ts` has it, or wider: the program looks at what is packed in it.
const MIN: u32 = 18;
const MAGIC: u32 = 512;
const END_BYTES: u32 = 22;
/** The end of a zip's directory, with the longest comment. */
const TAIL: u32 = END_BYTES + 0xffff;

export function mayBeArchive(data: usize, len: u32): bool {
  if (len < MIN) return false;
  const first = load<u32>(data);
  if ((first & 0xffffff) == 0x088b1f || first == 0x04034b50 || first == 0x08074b50 || isUnopened(data, first)) return true;
  if (mayEndAsArchive(data, len)) return hasZipEnd(data, len);
  return len >= MAGIC && (load<u32>(data + 257) == 0x61747375 || mayBeOldTar(data));
}

/** xz, bzip2, zstd, 7z, rar, lz4, lzip, lzma, lzop, compress, cab, rpm, xar, arj, lzh; and ar, which is opened. */
function isUnopened(data: usize, first: u32): bool {
  if (first == 0x587a37fd || first == 0xfd2fb528 || first == 0xafbc7a37 || first == 0x21726152) return true;
  if (first == 0x184d2204 || first == 0x184c2102 || first == 0x50495a4c || first == 0x4f5a4c89) return true;
  if (first == 0x4643534d || first == 0xdbeeabed || first == 0x21726178) return true;
  if ((first & 0xffff) == 0x9d1f || (first & 0xffffff) == 0x5d || first == 0x72613c21) return true;
  if ((first & 0xffff) == 0xea60 || (load<u32>(data, 2) & 0xffff) == 0x6c2d) return true;
  return (first & 0xffffff) == 0x685a42 && load<u32>(data, 4) == 0x26594131;
}

/** Whether it is a program, which may have an archive behind it. */
export function mayEndAsArchive(data: usize, len: u32): bool {
  if (len < MIN) return false;
  const first = load<u32>(data), two = first & 0xffff;
  return two == 0x5a4d || two == 0x2123 || first == 0x464c457f;
}

function hasZipEnd(data: usize, len: u32): bool {
  if (len < END_BYTES) return false;
  const end = data + (len - END_BYTES), p = i8x16.splat(0x50), k = i8x16.splat(0x4b), five = i8x16.splat(5);
  for (let at = data + (len - min(len, TAIL)); at <= end; at += 16) {
    const pk = v128.and(i8x16.eq(v128.load(at), p), i8x16.eq(v128.load(at, 1), k));
    // What lies behind the content may be taken for a part of it: the program looks closely.
    if (v128.any_true(v128.and(pk, i8x16.eq(v128.load(at, 2), five)))) return true;
  }
  return false;
}

/** By how the checksum of its first header is written. */
function mayBeOldTar(data: usize): bool {
  if (load<u8>(data, 154) & 0xdf || load<u8>(data, 155) & 0xdf) return false;
  for (let i: u32 = 148; i < 154; i++) {
    const c = load<u8>(data + i);
    if (c != 32 && c - 48 > 7) return false;
  }
  return true;
}

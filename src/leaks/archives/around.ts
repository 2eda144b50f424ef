/** What of an archive stands around the entries that it merely stores, as all of tar's: they are scanned by themselves. */
export function around(archive: Buffer, entries: readonly Uint8Array[]): Buffer {
  const ranges = entries.flatMap((entry) => rangeIn(archive, entry)).sort((a, b) => a.from - b.from);
  if (ranges.length === 0) return archive;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { from, to } of ranges) {
    if (from > at) pieces.push(archive.subarray(at, from));
    at = Math.max(at, to);
  }
  return Buffer.concat([...pieces, archive.subarray(at)]);
}

/** None for an entry that was unpacked into memory of its own. */
function rangeIn(archive: Buffer, entry: Uint8Array): { readonly from: number; readonly to: number }[] {
  const from = entry.byteOffset - archive.byteOffset;
  const isStored =
    entry.buffer === archive.buffer && from >= 0 && from + entry.length <= archive.length && entry.length > 0;
  return isStored ? [{ from, to: from + entry.length }] : [];
}

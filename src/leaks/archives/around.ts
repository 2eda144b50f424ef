/** What of an archive stands around the entries that it merely stores, as all of tar's: they are scanned by themselves. */
export function around(archive: Buffer, entries: readonly Uint8Array[]): Buffer {
  const ranges = entries.filter((entry) => isStored(archive, entry));
  if (ranges.length === 0) return archive;
  // They mostly come in the order in which they stand.
  ranges.sort((a, b) => a.byteOffset - b.byteOffset);
  const rest = Buffer.allocUnsafe(archive.length);
  let [at, filled] = [0, 0];
  for (const { byteOffset, length } of ranges) {
    const from = byteOffset - archive.byteOffset;
    if (from > at) filled += archive.copy(rest, filled, at, from);
    at = Math.max(at, from + length);
  }
  filled += archive.copy(rest, filled, at);
  return rest.subarray(0, filled);
}

/** Not so an entry that was unpacked into memory of its own. */
export function isStored(archive: Buffer, entry: Uint8Array): boolean {
  const from = entry.byteOffset - archive.byteOffset;
  return (
    entry.buffer === archive.buffer && from >= 0 && from + entry.length <= archive.length && entry.length > 0
  );
}

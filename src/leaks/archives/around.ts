/**
 * What of an archive stands around the entries that it merely stores, as all of tar's: they are scanned by themselves.
 * @returns the archive itself where none is
 */
export function around(archive: Buffer, entries: readonly Uint8Array[]): readonly Buffer[] {
  const stored = entries.filter((entry) => isStored(archive, entry));
  // They mostly come in the order in which they stand.
  stored.sort((a, b) => a.byteOffset - b.byteOffset);
  if (stored.length === 0) return [archive];
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { byteOffset, length } of stored) {
    const from = byteOffset - archive.byteOffset;
    if (from > at) pieces.push(archive.subarray(at, from));
    at = Math.max(at, from + length);
  }
  return [...pieces, archive.subarray(at)];
}

/** Not so an entry that was unpacked into memory of its own. */
export function isStored(archive: Buffer, entry: Uint8Array): boolean {
  const from = entry.byteOffset - archive.byteOffset;
  return (
    entry.buffer === archive.buffer && from >= 0 && from + entry.length <= archive.length && entry.length > 0
  );
}

const HEADER_BYTES = 8;
const FANOUT_BYTES = 1024;
const ID_BYTES = 20;
const TRAILER_BYTES = 40;
const MAGIC = 0xff744f63;

/** The ids in a pack: an `.idx` file of version 2 over SHA-1. */
export class PackIndex {
  readonly bytes: Buffer;
  readonly count: number;
  /** Whether all offsets are below 2 GiB: others are beyond the reader. */
  readonly isSmall: boolean;

  private constructor(bytes: Buffer, count: number, isSmall: boolean) {
    this.bytes = bytes;
    this.count = count;
    this.isSmall = isSmall;
  }

  /** Undefined for an index of another kind, or one that is cut off. */
  static parse(bytes: Buffer): PackIndex | undefined {
    if (bytes.length < HEADER_BYTES + FANOUT_BYTES + TRAILER_BYTES) return undefined;
    if (bytes.readUInt32BE(0) !== MAGIC || bytes.readUInt32BE(4) !== 2) return undefined;
    const count = bytes.readUInt32BE(HEADER_BYTES + FANOUT_BYTES - 4);
    // An id, a checksum and an offset each; the offsets beyond 2 GiB follow.
    const large = bytes.length - (HEADER_BYTES + FANOUT_BYTES + count * (ID_BYTES + 8) + TRAILER_BYTES);
    if (large < 0 || large % 8 !== 0 || large > count * 8 || !hasOrderedFanout(bytes)) return undefined;
    return new PackIndex(bytes, count, large === 0);
  }

  /** All ids, 20 bytes each, in order. */
  get ids(): Buffer {
    const from = HEADER_BYTES + FANOUT_BYTES;
    return this.bytes.subarray(from, from + this.count * ID_BYTES);
  }

  /** The n-th id in the order of ids, as hex. */
  idAt(position: number): string {
    const at = HEADER_BYTES + FANOUT_BYTES + position * ID_BYTES;
    return this.bytes.toString('hex', at, at + ID_BYTES);
  }

  has(id: string): boolean {
    const wanted = Buffer.from(id, 'hex');
    const first = wanted[0] ?? 0;
    let low = first === 0 ? 0 : this.bytes.readUInt32BE(HEADER_BYTES + 4 * (first - 1));
    let high = this.bytes.readUInt32BE(HEADER_BYTES + 4 * first);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = HEADER_BYTES + FANOUT_BYTES + middle * ID_BYTES;
      const order = this.bytes.compare(wanted, 0, ID_BYTES, at, at + ID_BYTES);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}

function hasOrderedFanout(bytes: Buffer): boolean {
  let before = 0;
  for (let i = 0; i < 256; i += 1) {
    const value = bytes.readUInt32BE(HEADER_BYTES + 4 * i);
    if (value < before) return false;
    before = value;
  }
  return true;
}

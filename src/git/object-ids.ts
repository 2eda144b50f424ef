/** Bytes of a SHA-1. */
const WIDTH = 20;

type Side = 'left' | 'right' | 'both';

/** A set of object ids as plain bytes: in order, each once, 20 bytes an id. A million of them are 20 MB. */
export class ObjectIds {
  readonly bytes: Buffer;
  readonly count: number;

  private constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.count = bytes.length / WIDTH;
  }

  static get none(): ObjectIds {
    return new ObjectIds(Buffer.alloc(0));
  }

  /** @param bytes in order, each id once; undefined when they are not. */
  static parse(bytes: Buffer): ObjectIds | undefined {
    if (bytes.length % WIDTH !== 0) return undefined;
    for (let at = WIDTH; at < bytes.length; at += WIDTH) {
      if (compareAt(bytes, at - WIDTH, { bytes, at }) >= 0) return undefined;
    }
    return new ObjectIds(bytes);
  }

  /** @param ids 40 hex digits each, in any order. */
  static of(ids: Iterable<string>): ObjectIds {
    return new ObjectIds(Buffer.from([...new Set(ids)].sort().join(''), 'hex'));
  }

  static union(sets: readonly ObjectIds[]): ObjectIds {
    if (sets.length < 2) return sets[0] ?? ObjectIds.none;
    const middle = sets.length >>> 1;
    const [left, right] = [ObjectIds.union(sets.slice(0, middle)), ObjectIds.union(sets.slice(middle))];
    return left.#join(right, () => true);
  }

  /** @param id 40 hex digits */
  has(id: string): boolean {
    const wanted = { bytes: Buffer.from(id, 'hex'), at: 0 };
    if (wanted.bytes.length !== WIDTH) return false;
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareAt(this.bytes, middle * WIDTH, wanted);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }

  within(other: ObjectIds): ObjectIds {
    return this.#join(other, (side) => side === 'both');
  }

  without(other: ObjectIds): ObjectIds {
    return other.count === 0 ? this : this.#join(other, (side) => side === 'left');
  }

  equals(other: ObjectIds): boolean {
    return this.bytes.equals(other.bytes);
  }

  /** As hex, in order. */
  list(): string[] {
    return Array.from({ length: this.count }, (_, i) =>
      this.bytes.toString('hex', i * WIDTH, (i + 1) * WIDTH),
    );
  }

  /** Walks both in order, once, and keeps the ids that `wants` takes. */
  #join(other: ObjectIds, wants: (side: Side) => boolean): ObjectIds {
    const kept = Buffer.allocUnsafe(this.bytes.length + other.bytes.length);
    let [left, right, end] = [0, 0, 0];
    while (left < this.bytes.length || right < other.bytes.length) {
      const order = this.#order(left, other, right);
      const [from, at] = order <= 0 ? [this.bytes, left] : [other.bytes, right];
      if (wants(order < 0 ? 'left' : order > 0 ? 'right' : 'both')) {
        end += from.copy(kept, end, at, at + WIDTH);
      }
      if (order <= 0) left += WIDTH;
      if (order >= 0) right += WIDTH;
    }
    return new ObjectIds(Buffer.from(kept.subarray(0, end)));
  }

  #order(left: number, other: ObjectIds, right: number): number {
    if (left === this.bytes.length) return 1;
    return right === other.bytes.length ? -1 : compareAt(this.bytes, left, { bytes: other.bytes, at: right });
  }
}

/** The first four bytes of two ids nearly always differ. */
function compareAt(a: Buffer, at: number, b: { readonly bytes: Buffer; readonly at: number }): number {
  return (
    a.readUInt32BE(at) - b.bytes.readUInt32BE(b.at) || a.compare(b.bytes, b.at, b.at + WIDTH, at, at + WIDTH)
  );
}

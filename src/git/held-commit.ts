import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateSync } from 'node:zlib';

const ID_BYTES = 20;
/** Before the ids: eight bytes, and 256 words that tell how many ids begin with each byte or a lower one. */
const IDS_AT = 8 + 1024;
const VERSION_2 = 'ff744f6300000002';
/** More are searched sooner by git. */
const MAX_PACKS = 16;
const COMMIT = 1;
const DELTA = 6;

/**
 * Whether a store holds a commit of this id itself; undefined where that takes more than a look, and git is to be asked.
 * @param id 40 hex digits
 */
export function holdsCommit(gitDir: string, id: string): boolean | undefined {
  try {
    const objects = join(gitDir, 'objects');
    const loose = join(objects, id.slice(0, 2), id.slice(2));
    if (existsSync(loose)) return isLooseCommit(loose);
    const folder = join(objects, 'pack');
    const packs = readdirSync(folder).filter((name) => /^pack-[0-9a-f]+\.idx$/.test(name));
    if (packs.length > MAX_PACKS) return undefined;
    for (const name of packs) {
      const pack = join(folder, name.slice(0, -'.idx'.length));
      const offset = withFile(`${pack}.idx`, (index) => offsetIn(index, Buffer.from(id, 'hex')));
      if (offset !== undefined) return withFile(`${pack}.pack`, (file) => isPackedCommit(file, offset));
    }
  } catch {
    // Git tells what is wrong there.
  }
  return undefined;
}

function isLooseCommit(path: string): boolean {
  const start = withFile(path, (file) => bytesAt(file, 0, 64));
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4096 };
  return inflateSync(start, options).toString('latin1').startsWith('commit ');
}

function isPackedCommit(file: number, offset: number): boolean | undefined {
  const type = ((bytesAt(file, offset, 1)[0] ?? 0) >>> 4) & 7;
  // Of what a delta is, its base would tell.
  return type >= DELTA ? undefined : type === COMMIT;
}

/** Where the pack holds an object; undefined when it does not. @throws where the index is of another kind, or ends early */
function offsetIn(index: number, id: Buffer): number | undefined {
  const head = bytesAt(index, 0, IDS_AT);
  if (head.toString('hex', 0, 8) !== VERSION_2) throw new TypeError('an index of another kind');
  const first = id[0] ?? 0;
  const count = head.readUInt32BE(IDS_AT - 4);
  let low = first === 0 ? 0 : head.readUInt32BE(8 + 4 * (first - 1));
  let high = head.readUInt32BE(8 + 4 * first);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = id.compare(bytesAt(index, IDS_AT + middle * ID_BYTES, ID_BYTES));
    if (order === 0) {
      // Behind the ids stand their checksums, and then where they are.
      const offset = bytesAt(index, IDS_AT + count * (ID_BYTES + 4) + middle * 4, 4).readUInt32BE(0);
      if (offset >= 2 ** 31) throw new TypeError('an offset that stands elsewhere');
      return offset;
    }
    if (order > 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

function bytesAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}

function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

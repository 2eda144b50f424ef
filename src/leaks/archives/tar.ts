import type { Entry } from './entry.js';

// POSIX.1-2001, "ustar Interchange Format" and "pax Header Block"; GNU's long names and numbers.
const BLOCK = 512;
const FOLDER = '5';
const LINKS = '12';
const LONG_NAME = 'L';
const LONG_LINK = 'K';
const PAX = 'xg';
const SPARSE = 'S';

/** By the mark of all that were written since the nineties, or by the checksum of the first header. */
export const isTar = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 257, 262) === 'ustar' ||
  (bytes.length >= BLOCK && OLD_CHECKSUM.test(bytes.toString('latin1', 148, 156)) && hasFirstHeader(bytes));

/** As the pack reader (`walker/archives.ts`) has it: few other contents get as far as being summed up. */
const OLD_CHECKSUM = /^[0-7 ]{6}[\0 ]{2}$/;

const hasFirstHeader = (bytes: Buffer): boolean =>
  bytes[0] !== 0 && sizeOf(bytes.subarray(0, BLOCK)) !== undefined;

/** Tar archives. Links give the text that they hold. */
export function* unpackTar(bytes: Buffer): Generator<Entry> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = sizeOf(header);
    if (size === undefined) {
      yield { name: '', bytes: undefined, gap: 'damaged' };
      return;
    }
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = header.toString('latin1', 156, 157);
    if (type === LONG_NAME) longName = textOf(content, 0, content.length);
    else if (PAX.includes(type)) longName = paxPath(content) ?? longName;
    else {
      const name = longName ?? nameOf(header);
      longName = undefined;
      if (type !== FOLDER) yield entryOf({ name, type, header, content, size });
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

interface Parts {
  readonly name: string;
  readonly type: string;
  readonly header: Buffer;
  readonly content: Buffer;
  readonly size: number;
}

function entryOf({ name, type, header, content, size }: Parts): Entry {
  // An empty type means a file, as '0' and '7' do, and as all unknown ones must.
  if (LINKS.includes(type)) return { name, bytes: Buffer.from(textOf(header, 157, 257)) };
  if (type === LONG_LINK) return { name: '', bytes: content };
  if (type === SPARSE) return { name, bytes: content, gap: 'unknown method' };
  return content.length < size ? { name, bytes: content, gap: 'damaged' } : { name, bytes: content };
}

/** The entry's bytes; undefined when the header's checksum or number is wrong. */
function sizeOf(header: Buffer): number | undefined {
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i += 1) sum += i >= 148 && i < 156 ? 0 : (header[i] ?? 0);
  if (sum !== octal(header, 148, 156)) return undefined;
  const isBinary = ((header[124] ?? 0) & 0x80) !== 0;
  const size = isBinary ? header.readUIntBE(130, 6) : octal(header, 124, 136);
  return Number.isSafeInteger(size) ? size : undefined;
}

const octal = (header: Buffer, from: number, to: number): number =>
  Number.parseInt(textOf(header, from, to).trim() || '0', 8);

function nameOf(header: Buffer): string {
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? textOf(header, 345, 500) : '';
  const name = textOf(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Up to the first zero. */
function textOf(bytes: Buffer, from: number, to: number): string {
  const zero = bytes.subarray(from, to).indexOf(0);
  return bytes.toString('utf8', from, zero < 0 ? to : from + zero);
}

/** Records are `<length> <keyword>=<value>\n`. */
function paxPath(content: Buffer): string | undefined {
  for (let at = 0; at < content.length; ) {
    const blank = content.indexOf(' ', at);
    const length = Number(content.toString('latin1', at, Math.min(blank, at + 12)));
    if (blank < 0 || !Number.isInteger(length) || length < 1) return undefined;
    const record = content.toString('utf8', blank + 1, at + length - 1);
    if (record.startsWith('path=')) return record.slice('path='.length);
    at += length;
  }
  return undefined;
}

import type { Entry } from './entry.js';

// POSIX.1-2001, "ustar Interchange Format" and "pax Header Block"; GNU's long names and numbers.
const BLOCK = 512;
const FOLDER = '5';
const LINKS = '12';
const LONG_NAME = 'L';
const LONG_LINK = 'K';
const PAX = 'xg';
const SPARSE = 'S';
const SPACE = 32;
const ZERO = 48;

/** By the mark of all that were written since the nineties, or by the checksum of the first header. */
export const isTar = (bytes: Buffer): boolean =>
  hasMark(bytes, 0) ||
  (bytes.length >= BLOCK &&
    isBlank(bytes[154]) &&
    isBlank(bytes[155]) &&
    OLD_CHECKSUM.test(bytes.toString('latin1', 148, 156)) &&
    hasFirstHeader(bytes));

/** As the pack reader (`walker/archives.ts`) has it: few other contents get as far as being summed up. */
const OLD_CHECKSUM = /^[0-7 ]{6}[\0 ]{2}$/;

const isBlank = (byte: number | undefined): boolean => byte === 0 || byte === SPACE;

/** `ustar`, as all have it, in the header at `at`. */
const hasMark = (bytes: Buffer, at: number): boolean =>
  bytes[at + 257] === 117 && bytes.toString('latin1', at + 257, at + 262) === 'ustar';

const hasFirstHeader = (bytes: Buffer): boolean => bytes[0] !== 0 && sizeAt(bytes, 0) !== undefined;

/** Tar archives. Links give the text that they hold. */
export function* unpackTar(bytes: Buffer): Generator<Entry> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const size = sizeAt(bytes, at);
    if (size === undefined) {
      yield { name: '', bytes: undefined, gap: 'damaged' };
      return;
    }
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(bytes[at + 156] ?? 0);
    if (type === LONG_NAME) longName = textOf(content, 0, content.length);
    else if (PAX.includes(type)) longName = paxPath(content) ?? longName;
    else {
      const name = longName ?? nameAt(bytes, at);
      longName = undefined;
      if (type !== FOLDER) yield entryOf({ name, type, bytes, at, content, size });
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

interface Parts {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Where its header stands. */
  readonly at: number;
  readonly content: Buffer;
  readonly size: number;
}

function entryOf({ name, type, bytes, at, content, size }: Parts): Entry {
  // An empty type means a file, as '0' and '7' do, and as all unknown ones must.
  if (LINKS.includes(type)) return { name, bytes: Buffer.from(textOf(bytes, at + 157, at + 257)) };
  if (type === LONG_LINK) return { name: '', bytes: content };
  if (type === SPARSE) return { name, bytes: content, gap: 'unknown method' };
  return content.length < size ? { name, bytes: content, gap: 'damaged' } : { name, bytes: content };
}

/** The entry's bytes; undefined when the checksum or number of the header at `at` is wrong. */
function sizeAt(bytes: Buffer, at: number): number | undefined {
  if (
    sumOf(bytes, at, at + 148) + 8 * SPACE + sumOf(bytes, at + 156, at + BLOCK) !==
    octal(bytes, at + 148, 8)
  )
    return undefined;
  const isBinary = ((bytes[at + 124] ?? 0) & 0x80) !== 0;
  const size = isBinary ? bytes.readUIntBE(at + 130, 6) : octal(bytes, at + 124, 12);
  return Number.isSafeInteger(size) ? size : undefined;
}

function sumOf(bytes: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += bytes[i] ?? 0;
  return sum;
}

/** Nearly all are written so: digits up to a blank or a zero. For all others, what a lenient reader makes of them. */
function octal(bytes: Buffer, from: number, length: number): number {
  let number = 0;
  let at = from;
  for (; at < from + length; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 7) break;
    number = number * 8 + digit;
  }
  const isPlain = at > from && (at === from + length || isBlank(bytes[at]));
  return isPlain ? number : Number.parseInt(textOf(bytes, from, from + length).trim() || '0', 8);
}

function nameAt(bytes: Buffer, at: number): string {
  const name = textOf(bytes, at, at + 100);
  if (bytes[at + 345] === 0 || bytes.toString('latin1', at + 257, at + 263) !== 'ustar\0') return name;
  return `${textOf(bytes, at + 345, at + 500)}/${name}`;
}

/** Up to the first zero. */
function textOf(bytes: Buffer, from: number, to: number): string {
  let end = from;
  while (end < to && bytes[end] !== 0) end += 1;
  return bytes.toString('utf8', from, end);
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

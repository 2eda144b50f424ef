import type { Entry } from './entry.js';

// System V's and GNU's `ar`, as Debian's packages and static libraries are; BSD's long names.
const MAGIC = '!<arch>\n';
const HEADER = 60;
const HEADER_END = '`\n';

export const isAr = (begin: string): boolean => begin.startsWith(MAGIC);

/** Archives of `ar`, which store their entries. The tables of symbols and of names are given as entries without a name. */
export function* unpackAr(bytes: Buffer): Generator<Entry> {
  let names = '';
  for (let at = MAGIC.length; at < bytes.length; ) {
    const size = sizeAt(bytes, at);
    if (size === undefined) return yield { name: '', bytes: undefined, gap: 'damaged' };
    const content = bytes.subarray(at + HEADER, at + HEADER + size);
    const name = bytes.toString('latin1', at, at + 16).trimEnd();
    if (name === '//') names = content.toString('utf8');
    const entry = entryOf(name, names, content);
    yield content.length < size ? { ...entry, gap: 'damaged' } : entry;
    at += HEADER + size + (size & 1);
  }
}

/** Undefined where no header stands. */
function sizeAt(bytes: Buffer, at: number): number | undefined {
  const size = bytes.toString('latin1', at + 48, at + 58).trim();
  return bytes.toString('latin1', at + 58, at + HEADER) === HEADER_END && /^\d{1,10}$/.test(size)
    ? Number(size)
    : undefined;
}

function entryOf(name: string, names: string, content: Buffer): Entry {
  const bsd = /^#1\/(?<length>\d{1,5})$/.exec(name)?.groups?.['length'];
  if (bsd !== undefined) {
    const end = Number(bsd);
    // Filled up with zeros.
    const [name = ''] = content.toString('utf8', 0, end).split('\0', 1);
    return { name, bytes: content.subarray(end) };
  }
  const offset = /^\/(?<offset>\d{1,10})$/.exec(name)?.groups?.['offset'];
  if (offset !== undefined) return { name: nameIn(names, Number(offset)), bytes: content };
  return { name: name.replace(/\/{1,2}$/, ''), bytes: content };
}

/** GNU's long names end with a slash and a line feed. */
function nameIn(names: string, from: number): string {
  const end = names.indexOf('\n', from);
  return names.slice(from, end < 0 ? undefined : end).replace(/\/$/, '');
}

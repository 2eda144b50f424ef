/** How a value stands in a text, made without the product's own list of forms. */
export interface WrittenValue {
  readonly encoding: string;
  /** What is written. */
  readonly bytes: Buffer;
  /** Where in `bytes` the characters begin that the value alone decides. */
  readonly begins: number;
}

type Writer = (value: string) => WrittenValue;

const written = (encoding: string, text: string | Buffer, begins = 0): WrittenValue => ({
  encoding,
  bytes: Buffer.from(text),
  begins,
});

/** Base64 of a longer text with the value behind `before` bytes. */
const base64Behind =
  (before: number, alphabet: 'base64' | 'base64url'): Writer =>
  (value) => {
    const text = Buffer.from(`${'#'.repeat(before)}${value}\n(end)`).toString(alphabet);
    return written('base64', text, Math.ceil((8 * before) / 6));
  };

const xmlEscaped = (value: string): string =>
  Array.from(
    value,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c,
  ).join('');

/** All ways in which a value with letters and digits only can stand somewhere. */
export const PLAIN_WRITERS: readonly Writer[] = [
  (value) => written('plain', value),
  base64Behind(0, 'base64'),
  base64Behind(1, 'base64'),
  base64Behind(2, 'base64'),
  base64Behind(3, 'base64url'),
  (value) => written('basic-auth', `Basic ${Buffer.from(`${value}:`).toString('base64')}`, 'Basic '.length),
  // Where the colon ends a group of three, `KEY:` stands there as in a Basic header without a password.
  (value) =>
    written(
      (value.length + 1) % 3 === 0 ? 'basic-auth' : 'base64',
      Buffer.from(`${value}:password`).toString('base64'),
    ),
  (value) => written('hex', Buffer.from(value).toString('hex')),
  (value) => written('hex', Buffer.from(value).toString('hex').toUpperCase()),
  (value) => written('reversed', Buffer.from(value).reverse()),
];

/** Forms that differ from the plain one only when the value has characters that must be escaped. */
export const ESCAPING_WRITERS: readonly Writer[] = [
  (value) => written('percent', encodeURIComponent(value)),
  (value) => written('json', JSON.stringify(value).slice(1, -1)),
  (value) => written('xml', xmlEscaped(value)),
  (value) => ({ ...base64Behind(4, 'base64url')(value), encoding: 'base64url' }),
];

/** Forms for a file of its own: their neighbours are wide too. */
export const wideFile = (value: string, endian: 'le' | 'be'): { bytes: Buffer; encoding: string } => {
  const text = Buffer.from(`\ufeff[player]\r\nkey=${value}\r\n`, 'utf16le');
  return { bytes: endian === 'le' ? text : text.swap16(), encoding: `utf-16${endian}` };
};

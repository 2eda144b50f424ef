// What a key looks like wherever it might slip out: pieces of nine characters of each written form, made by hand and not by the
// code that is tried.

const PUBLIC_HEAD = /^(?:orgkey-fake|orgkey-|FAKE_github_|APIKEY:ORGANIZATION )/;
const PIECE = 9;
const windows = (text, length) =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
const reversed = (text) => Array.from(text).reverse().join('');
const percent = (bytes) => Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const inUrls = (text) => text.replaceAll('+', '-').replaceAll('/', '_');

/** A form, and how many of its characters nine of the key become. */
const FORMS = {
  plain: [(text) => text, PIECE],
  reversed: [reversed, PIECE],
  // The first and the last four characters also hold bits of what stands around.
  ...Object.fromEntries(
    [0, 1, 2].flatMap((shift) => {
      const base64 = (text) =>
        Buffer.from('x'.repeat(shift) + text)
          .toString('base64')
          .slice(4, -4);
      return [
        [`base64, shifted by ${shift}`, [base64, 12]],
        [`base64 for URLs, shifted by ${shift}`, [(text) => inUrls(base64(text)), 12]],
      ];
    }),
  ),
  hex: [(text) => Buffer.from(text).toString('hex'), 2 * PIECE],
  'hex in capitals': [(text) => Buffer.from(text).toString('hex').toUpperCase(), 2 * PIECE],
  'URL form': [encodeURIComponent, PIECE],
  'URL form of each byte': [(text) => percent(Buffer.from(text)), 3 * PIECE],
  'UTF-16, both byte orders': [(text) => Array.from(text).join('\0'), 2 * PIECE],
};

export const FORM_NAMES = Object.keys(FORMS);

const secretPart = (value) => value.replace(PUBLIC_HEAD, '');
const piecesOf = (value) =>
  Object.values(FORMS).flatMap(([form, length]) => windows(form(secretPart(value)), length));

/** Answers whether a text holds a piece of one of these values. */
export function searcher(values) {
  const byStart = new Map();
  for (const piece of new Set(values.flatMap(piecesOf))) {
    const start = piece.slice(0, PIECE);
    byStart.set(start, [...(byStart.get(start) ?? []), piece]);
  }
  return (text) => {
    for (let at = 0; at + PIECE <= text.length; at += 1) {
      const found = byStart.get(text.slice(at, at + PIECE))?.find((piece) => text.startsWith(piece, at));
      if (found !== undefined) return true;
    }
    return false;
  };
}

/** Each form of each value with a few characters only, in the midst of others, by name: what a search must find. */
export function plantedForms(values) {
  const texts = {};
  for (const [at, value] of values.entries())
    for (const [name, [form, length]] of Object.entries(FORMS)) {
      const written = form(secretPart(value));
      const from = Math.floor((written.length - length) / 2);
      texts[`${name} of key ${at}`] = `some text ${written.slice(from, from + length)} more of it`;
    }
  return texts;
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every way in which a test looks for a value: written by hand, not by the code that is tested. */
function formsOf(value: string): readonly (readonly [form: string, text: string])[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift, 'x'), bytes]).toString('base64');
    // The first and last characters also hold bits of what stands around.
    return padded.slice(shift === 0 ? 0 : 4, padded.length - 4);
  });
  return [
    ['plain', value],
    ['reversed', Array.from(value).toReversed().join('')],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['URL form', encodeURIComponent(value)],
    [
      'percent for every character',
      Array.from(bytes)
        .map((byte) => `%${byte.toString(16)}`)
        .join(''),
    ],
    ...base64.map((text, shift) => [`base64 at ${shift}`, text] as const),
    ...base64.map(
      (text, shift) => [`base64url at ${shift}`, text.replaceAll('+', '-').replaceAll('/', '_')] as const,
    ),
    ['UTF-16', Array.from(value).join('\0')],
    ...piecesOf(value).map((piece) => ['a piece', piece] as const),
    ...piecesOf(Array.from(value).toReversed().join('')).map((piece) => ['a reversed piece', piece] as const),
  ];
}

/** What every key of the kind begins with is no secret. */
const PUBLIC_HEAD = /^(?:orgkey-|FAKE_github_)/;

/** Every nine characters in a row. */
function piecesOf(value: string): readonly string[] {
  const secret = value.replace(PUBLIC_HEAD, '');
  return Array.from({ length: Math.max(0, secret.length - 8) }, (_, at) => secret.slice(at, at + 9));
}

interface Form {
  readonly value: number;
  readonly form: string;
  readonly text: string;
}

/** Which values stand in which of the named texts, and how; empty when none does. */
export function findCanaries(
  values: readonly string[],
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  const byStart = formsByStart(values);
  return Object.entries(texts).flatMap(([name, text]) =>
    formsIn(text, byStart).map(({ value, form }) => `value ${value} stands in ${name} as ${form}`),
  );
}

/** Of many values the forms are tens of thousands: each text is read once, by the characters that a form begins with. */
const START = 9;

function formsByStart(values: readonly string[]): Map<string, Form[]> {
  const byStart = new Map<string, Form[]>();
  for (const [value, characters] of values.entries()) {
    for (const [form, text] of formsOf(characters)) {
      if (text.length < START)
        throw new RangeError(`value ${value} is too short to be looked for as ${form}`);
      const start = text.slice(0, START);
      byStart.set(start, [...(byStart.get(start) ?? []), { value, form, text }]);
    }
  }
  return byStart;
}

function formsIn(text: string, byStart: ReadonlyMap<string, readonly Form[]>): readonly Form[] {
  const found = new Set<Form>();
  for (let at = 0; at + START <= text.length; at += 1) {
    for (const form of byStart.get(text.slice(at, at + START)) ?? []) {
      if (text.startsWith(form.text, at)) found.add(form);
    }
  }
  return [...found];
}

/** Every file below a folder, by its path there. */
export async function readAllFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(folder.length + 1)] = await readFile(path, 'latin1');
  }
  return files;
}

import type { Secret } from '../core/secret.js';
import { isMachineMade, publicHead } from './machine-made.js';
import type { Piecewise } from './piece-set.js';

/** One way in which a secret may stand in a text. */
export interface WrittenForm {
  /** `plain`, `base64`, `basic-auth`, `hex`, … as reports show it. */
  readonly encoding: string;
  readonly bytes: Uint8Array;
  /** Characters of which one must stand right before `bytes`: they hold bits of the secret and of its neighbour. */
  readonly precededBy?: string;
  /** As `precededBy`, right behind. */
  readonly followedBy?: string;
}

/** @returns whether what stands around the form at `from` in `bytes` is what the secret asks for; an end of `bytes` is. */
export function hasNeighbours(form: WrittenForm, bytes: Uint8Array, from: number): boolean {
  return (
    isOneOf(form.precededBy, bytes[from - 1]) && isOneOf(form.followedBy, bytes[from + form.bytes.length])
  );
}

const isOneOf = (characters: string | undefined, byte: number | undefined): boolean =>
  characters === undefined || byte === undefined || characters.includes(String.fromCharCode(byte));

/**
 * Shorter secrets have no written forms: the string would stand in ordinary text by chance.
 * Six characters of `[A-Za-z0-9]` are 5 * 10^10 strings.
 */
export const MIN_SEARCHED_LENGTH = 6;

/**
 * Every way in which a secret is looked for, without doubles. Earlier ones are the better name for a place:
 * a Basic header also holds the key's plain base64.
 */
export function writtenForms(secret: Secret): readonly WrittenForm[] {
  if (secret.length < MIN_SEARCHED_LENGTH) return [];
  const text = secret.reveal();
  const bytes = Buffer.from(text, 'utf8');
  return withoutDoubles([
    { encoding: 'plain', bytes },
    { encoding: 'basic-auth', bytes: Buffer.from(unpadded(Buffer.from(`${text}:`, 'utf8'))) },
    ...base64Forms(bytes),
    ...hexForms(bytes),
    ...utf16Forms(text),
    ...escapedForms(text),
    { encoding: 'reversed', bytes: Buffer.from(bytes).reverse() },
  ]);
}

/** Lengths for which a filter of eight bytes pays. */
const [MIN_REGULAR, MAX_REGULAR] = [16, 1024];

/** What a regular secret consists of, as bits. Regular are those of printable ASCII, of a length for which a filter pays. */
export const IS_IRREGULAR = 4;
/** Some notation writes one of its characters in another way. */
export const IS_ESCAPED = 2;
/** Not of letters and digits alone. */
export const HAS_SIGNS = 1;

/** For each character of ASCII the bits that it means. */
const CHARACTER_BITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(character)) return 0;
  if (/[\w.~-]/.test(character)) return HAS_SIGNS;
  return /[ -~]/.test(character) ? HAS_SIGNS | IS_ESCAPED : IS_IRREGULAR;
});

/**
 * Writes a secret into `target`, one byte a character, and tells what it consists of. A regular one is in a text if these
 * bytes are, or one of its {@link escapedTexts}, backwards too or behind base64, hex or UTF-16; irregular ones are to be
 * looked for in each of their written forms, and what they leave in `target` means nothing.
 */
export function writeRegular(secret: Secret, target: Uint8Array, at: number): number {
  const text = secret.reveal();
  const { length } = text;
  if (length < MIN_REGULAR || length > MAX_REGULAR) return IS_IRREGULAR;
  let bits = 0;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    bits |= CHARACTER_BITS[code] ?? IS_IRREGULAR;
    target[at + i] = code;
  }
  return bits;
}

/** How notations write a regular secret, where that is not as it stands. */
export function escapedTexts(secret: Secret): readonly Uint8Array[] {
  const text = secret.reveal();
  const plain = Buffer.from(text, 'latin1');
  const escaped = escapedForms(text).filter(({ bytes }) => !plain.equals(bytes));
  return withoutDoubles(escaped).map(({ bytes }) => bytes);
}

/** A key's characters in a row from which on they are a piece of it. */
const PIECE_CHARACTERS = 9;
/** How many bytes of a form so many characters of the key take. */
const BYTES_A_PIECE: Readonly<Record<string, number>> = {
  base64: (PIECE_CHARACTERS * 4) / 3,
  base64url: (PIECE_CHARACTERS * 4) / 3,
  'basic-auth': (PIECE_CHARACTERS * 4) / 3,
  hex: PIECE_CHARACTERS * 2,
  'utf-16le': PIECE_CHARACTERS * 2,
  'utf-16be': PIECE_CHARACTERS * 2,
};

/**
 * Those of a secret's forms of which pieces tell something, too: none where the pieces are ordinary words, and all
 * without the words that every key of a vendor begins with.
 */
export function piecewiseForms(secret: Secret, forms: readonly WrittenForm[]): readonly Piecewise[] {
  const text = secret.reveal();
  const head = publicHead(text);
  if (!isMachineMade(text.slice(head.length))) return [];
  const behind = head === '' ? forms : writtenForms(secret.without(head));
  return behind.map(({ encoding, bytes }) => ({
    bytes,
    shortestPiece: BYTES_A_PIECE[encoding] ?? PIECE_CHARACTERS,
  }));
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/={1,2}$/, '');

interface Alignment {
  /** The characters that the bytes alone decide. */
  readonly text: string;
  readonly precededBy: string;
  readonly followedBy: string;
}

/** @returns base64 of `bytes` behind 0, 1 and 2 unknown bytes, cut to the characters that `bytes` alone decide. */
export const base64Alignments = (bytes: Uint8Array): readonly Alignment[] =>
  [0, 1, 2].map((shift) => {
    const { encoded, first, end } = alignedBy(shift, bytes);
    const [before, behind] = [(8 * shift) % 6, (8 * (shift + bytes.length)) % 6];
    return {
      text: encoded.slice(first, end),
      precededBy: first === 0 ? '' : sharing(encoded.charAt(first - 1), 0b111111 >> before),
      followedBy: behind === 0 ? '' : sharing(encoded.charAt(end), 0b111111 & ~(0b111111 >> behind)),
    };
  });

/** The texts of {@link base64Alignments} alone. */
export const base64Texts = (bytes: Uint8Array): readonly string[] =>
  [0, 1, 2].map((shift) => {
    const { encoded, first, end } = alignedBy(shift, bytes);
    return encoded.slice(first, end);
  });

function alignedBy(
  shift: number,
  bytes: Uint8Array,
): { readonly encoded: string; readonly first: number; readonly end: number } {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes, Buffer.alloc(2)]).toString('base64');
  return {
    encoded,
    first: Math.ceil((8 * shift) / 6),
    end: Math.floor((8 * (shift + bytes.length)) / 6),
  };
}

const SEXTETS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @returns the characters of both base64 alphabets whose value has the same bits as `character`'s under `mask`. */
function sharing(character: string, mask: number): string {
  const wanted = SEXTETS.indexOf(character) & mask;
  const found = Array.from(SEXTETS)
    .filter((_, value) => (value & mask) === wanted)
    .join('');
  return found + found.replaceAll('+', '-').replaceAll('/', '_');
}

function base64Forms(bytes: Uint8Array): WrittenForm[] {
  return base64Alignments(bytes).flatMap(({ text, precededBy, followedBy }) => {
    const edges = {
      ...(precededBy === '' ? {} : { precededBy }),
      ...(followedBy === '' ? {} : { followedBy }),
    };
    const urlSafe = text.replaceAll('+', '-').replaceAll('/', '_');
    return [
      { encoding: 'base64', bytes: Buffer.from(text), ...edges },
      { encoding: 'base64url', bytes: Buffer.from(urlSafe), ...edges },
    ];
  });
}

function hexForms(bytes: Buffer): WrittenForm[] {
  const lower = bytes.toString('hex');
  return [lower, lower.toUpperCase()].map((text) => ({ encoding: 'hex', bytes: Buffer.from(text) }));
}

function utf16Forms(text: string): WrittenForm[] {
  const littleEndian = Buffer.from(text, 'utf16le');
  return [
    { encoding: 'utf-16le', bytes: littleEndian },
    { encoding: 'utf-16be', bytes: Buffer.from(littleEndian).swap16() },
  ];
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapedForms(text: string): WrittenForm[] {
  // A lone surrogate cannot be percent-encoded; toWellFormed is not in Node's ES2023 types.
  const percent = encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
  const json = JSON.stringify(text).slice(1, -1);
  const xml = text.replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? character);
  return [
    { encoding: 'percent', bytes: Buffer.from(percent) },
    { encoding: 'percent', bytes: Buffer.from(percent.replace(/%../g, (code) => code.toLowerCase())) },
    { encoding: 'json', bytes: Buffer.from(json) },
    { encoding: 'json', bytes: Buffer.from(json.replaceAll('/', '\\/')) },
    { encoding: 'xml', bytes: Buffer.from(xml) },
  ];
}

function withoutDoubles(forms: readonly WrittenForm[]): WrittenForm[] {
  const seen = new Set<string>();
  return forms.filter((form) => {
    const text = Buffer.from(form.bytes).toString('latin1');
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

import type { Secret } from '../core/secret.js';

/** One way in which a secret may stand in a text. */
export interface WrittenForm {
  /** `plain`, `base64`, `basic-auth`, `hex`, … as reports show it. */
  readonly encoding: string;
  readonly bytes: Uint8Array;
}

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

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** @returns base64 of `bytes` behind 0, 1 and 2 unknown bytes, cut to the characters that `bytes` alone decide. */
export function base64Alignments(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return encoded.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + bytes.length)) / 6));
  });
}

function base64Forms(bytes: Uint8Array): WrittenForm[] {
  return base64Alignments(bytes).flatMap((standard) => {
    const urlSafe = standard.replaceAll('+', '-').replaceAll('/', '_');
    return [
      { encoding: 'base64', bytes: Buffer.from(standard) },
      { encoding: 'base64url', bytes: Buffer.from(urlSafe) },
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

import type { Secret } from '../core/secret.js';
import { piecewiseForms, writtenForms } from './encodings.js';
import { LiteralSet } from './literal-set.js';
import { PieceSet } from './piece-set.js';

const REDACTED = Buffer.from('[redacted]');

/** The last guard over everything that leaves the program. */
export interface Redactor {
  /** `text` with every written form of every secret, and every longer piece of one, replaced by `[redacted]`. */
  redact(text: string): string;
  /** Whether any secret stands in `bytes`, in any written form, whole or as a longer piece. */
  leaks(bytes: Uint8Array): boolean;
}

/**
 * @param secrets those shorter than 6 characters are not looked for: they stand in ordinary text by chance. Pieces count
 * from 9 characters on, and only of secrets that a machine made: those of a passphrase are anybody's words.
 */
export function createRedactor(secrets: readonly Secret[]): Redactor {
  const all = secrets.map((secret) => ({ secret, forms: writtenForms(secret) }));
  const patterns = all.flatMap(({ forms }) => forms.map(({ bytes }) => bytes));
  const literals = new LiteralSet(patterns);
  const pieces = new PieceSet(all.flatMap(({ secret, forms }) => piecewiseForms(secret, forms)));
  const spansIn = (bytes: Uint8Array): Span[] => {
    const found: Span[] = [];
    literals.findAll(bytes, (pattern, from) => {
      found.push({ from, to: from + (patterns[pattern]?.length ?? 0) });
    });
    pieces.findAll(bytes, (from, to) => found.push({ from, to }));
    return joined(found);
  };
  return {
    redact: (text) => {
      const bytes = Buffer.from(text, 'utf8');
      const spans = spansIn(bytes);
      return spans.length === 0 ? text : cutOut(bytes, spans);
    },
    leaks: (bytes) => spansIn(bytes).length > 0,
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** In order, overlapping ones joined. */
function joined(found: Span[]): Span[] {
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const spans: Span[] = [];
  for (const span of found) {
    const last = spans.at(-1);
    if (last === undefined || span.from >= last.to) spans.push(span);
    else spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return spans;
}

function cutOut(bytes: Buffer, spans: readonly Span[]): string {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const span of spans) {
    parts.push(bytes.subarray(at, span.from), REDACTED);
    at = span.to;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts).toString('utf8');
}

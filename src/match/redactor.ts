import type { Secret } from '../core/secret.js';
import { writtenForms } from './encodings.js';
import { LiteralSet } from './literal-set.js';

const REDACTED = Buffer.from('[redacted]');

/** The last guard over everything that leaves the program. */
export interface Redactor {
  /** `text` with every written form of every secret replaced by `[redacted]`. */
  redact(text: string): string;
  /** Whether any secret stands in `bytes`, in any written form. */
  leaks(bytes: Uint8Array): boolean;
}

/** @param secrets those shorter than 6 characters are not looked for: they stand in ordinary text by chance. */
export function createRedactor(secrets: readonly Secret[]): Redactor {
  const patterns = secrets.flatMap((secret) => writtenForms(secret).map((form) => form.bytes));
  const literals = new LiteralSet(patterns);
  return {
    redact: (text) => {
      const bytes = Buffer.from(text, 'utf8');
      const spans = spansOf(bytes, literals, patterns);
      return spans.length === 0 ? text : cutOut(bytes, spans);
    },
    leaks: (bytes) => literals.someIn(bytes),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where secrets stand, in order, overlapping ones joined. */
function spansOf(bytes: Uint8Array, literals: LiteralSet, patterns: readonly Uint8Array[]): Span[] {
  const found: Span[] = [];
  literals.findAll(bytes, (pattern, from) => {
    found.push({ from, to: from + (patterns[pattern]?.length ?? 0) });
  });
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const joined: Span[] = [];
  for (const span of found) {
    const last = joined.at(-1);
    if (last === undefined || span.from >= last.to) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return joined;
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

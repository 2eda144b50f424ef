import type { Secret } from '../core/secret.js';
import { createRedactor, type Redactor } from '../match/redactor.js';

/** Text is redacted in blocks of about this many characters, cut at line ends: no secret holds a line end. */
const BLOCK_CHARS = 1 << 20;

/** The last wall before the outside: whatever a report or message holds, no secret of this run passes. */
export interface Guard {
  readonly protect: (secrets: readonly Secret[]) => void;
  readonly redact: (text: string) => string;
  readonly redactAll: (content: string | Iterable<string>) => Iterable<string>;
}

export function createGuard(): Guard {
  const secrets: Secret[] = [];
  let redactor: Redactor | undefined;
  const redact = (text: string): string => {
    if (secrets.length === 0) return text;
    redactor ??= createRedactor(secrets);
    return redactor.redact(text);
  };
  return {
    protect(more) {
      secrets.push(...more);
      redactor = undefined;
    },
    redact,
    *redactAll(content) {
      for (const block of blocksOf(typeof content === 'string' ? [content] : content)) yield redact(block);
    },
  };
}

function* blocksOf(chunks: Iterable<string>): Iterable<string> {
  let rest = '';
  for (const chunk of chunks) {
    rest += chunk;
    if (rest.length < BLOCK_CHARS) continue;
    const end = rest.lastIndexOf('\n') + 1;
    if (end === 0) continue;
    yield rest.slice(0, end);
    rest = rest.slice(end);
  }
  if (rest !== '') yield rest;
}

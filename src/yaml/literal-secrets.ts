import type { Problem } from '../core/errors/problem.js';

interface LiteralShape {
  readonly what: string;
  readonly pattern: RegExp;
}

/**
 * What a secret looks like when somebody pasted it. Every pattern is a fixed head and one run, so none can backtrack.
 * The last one is the shape of the vendors' keys without a prefix: 24 or more letters and digits in one piece; the ids
 * of keys, projects and users that belong into a configuration have at most 22.
 */
const SHAPES: readonly LiteralShape[] = [
  { what: 'a Cognitive3D organization key', pattern: /\borgkey-[A-Za-z0-9]{8,}/ },
  { what: 'a Cognitive3D key', pattern: /\bAPIKEY:[A-Z]{4,16} [A-Za-z0-9]{8,}/ },
  { what: 'a GitHub token', pattern: /\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_]{20,}/ },
  { what: 'a password inside a URL', pattern: /\b[a-z]{2,8}:\/\/[^\s/@:]{0,256}:[^\s/@]{1,256}@/ },
];
const RUN = /[A-Za-z0-9]{24,}/g;
const FINGERPRINT = /\bkf1:\d{1,5}:[0-9a-f]{64}\b/g;

/** Finds values that look like secrets anywhere in the text, comments included. Names the place, never the value. */
export function findLiteralSecrets(file: string, text: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const cleared = line.replaceAll(FINGERPRINT, (match) => ' '.repeat(match.length));
    const found = firstSecret(cleared);
    return found === undefined
      ? []
      : [{ file, line: index + 1, column: found.column, message: found.message }];
  });
}

function firstSecret(line: string): { column: number; message: string } | undefined {
  for (const { what, pattern } of SHAPES) {
    const at = pattern.exec(line)?.index;
    if (at !== undefined) return { column: at + 1, message: literalMessage(what) };
  }
  for (const run of line.matchAll(RUN)) {
    if (/\d/.test(run[0]) && /[A-Za-z]/.test(run[0]))
      return { column: run.index + 1, message: literalMessage('a key') };
  }
  return undefined;
}

const literalMessage = (what: string): string =>
  `expected a reference such as { env: NAME }, found what looks like ${what}; replace it, and revoke it if this file was ever shared`;

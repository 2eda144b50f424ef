import { Document, Scalar } from 'yaml';
import { isKnown } from '../core/fact.js';
import type { KeyRecord } from '../core/key.js';
import { findLiteralSecrets } from '../yaml/literal-secrets.js';

/** As long as the register lets a text be. */
const MAX_TEXT = 1000;
/** What only people know, to be filled in: a comment does not count as declared. */
const TO_FILL_IN = ['owner', 'system', 'access', 'reviewBy'];
/** Characters that nobody sees in an editor and that may turn the text around. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The lines of one key's block, without indentation but that of its own parts.
 * @returns undefined when the register could not be read with it: its id looks like the value of a key
 */
export function registerBlock(key: KeyRecord): readonly string[] | undefined {
  const lines = [`- source: ${scalar(key.source)}`, `  id: ${scalar(key.id)}`];
  if (looksSecret(lines)) return undefined;
  // A name is anybody's text: left out where it is absurdly long or might be a key that somebody pasted.
  const name = isKnown(key.name) ? key.name.value.trim() : '';
  const named = [`  name: ${scalar(name)}`];
  const usable = name !== '' && name.length <= MAX_TEXT && !looksSecret(named);
  const fingerprint = isKnown(key.fingerprint) ? [`  fingerprint: ${scalar(key.fingerprint.value)}`] : [];
  const open = TO_FILL_IN.map((field) => `  # ${field}:`);
  return [...lines, ...(usable ? named : []), ...fingerprint, ...open, '  status: active'];
}

const looksSecret = (lines: readonly string[]): boolean =>
  findLiteralSecrets('', lines.join('\n')).length > 0;

/** One line of YAML that reads as this text and nothing else. */
function scalar(text: string): string {
  const node = new Scalar(text);
  const hides = text.search(HIDDEN) !== -1;
  if (hides) node.type = Scalar.QUOTE_DOUBLE;
  // A plain 2026-11-01 or yes is a text to this reader, and something else to others.
  else if (!/^[\p{L}_][^:#]*$/u.test(text) || /^(?:y|n|yes|no|on|off)$/i.test(text)) {
    node.type = Scalar.QUOTE_SINGLE;
  }
  const written = new Document(node).toString({ lineWidth: 0, blockQuote: false }).trimEnd();
  return hides ? written.replaceAll(HIDDEN, escaped) : written;
}

/** Inside of double quotes. */
function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

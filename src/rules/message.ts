import type { Fact } from '../core/fact.js';
import type { RuleParam } from '../core/rule.js';
import type { FactValue } from '../core/vocabulary.js';

// A word in braces. `{"ips": […]}` in a vendor's request is none, because of its quotes.
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9.]*)\}/g;
const MAX_LENGTH = 200;
const MAX_ENTRIES = 5;

/** The names between braces in a text, in order. */
export const placeholdersIn = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

/**
 * Fills `{fact}` and `{params.name}` in a rule's text. Values are untrusted: they are shortened here, and every report
 * escapes the whole text for itself.
 */
export function fillIn(
  text: string,
  params: readonly RuleParam[],
  fact: (name: string) => Fact<FactValue>,
): string {
  let filled = '';
  for (const { before, name } of piecesOf(text)) {
    filled += before;
    if (name !== undefined)
      filled += name.startsWith('params.') ? paramText(name, params) : factText(fact(name));
  }
  return filled;
}

interface Piece {
  readonly before: string;
  /** The placeholder behind it; undefined for the end of the text. */
  readonly name: string | undefined;
}

// A rule's texts are filled in for thousands of keys; there are only as many of them as rules have texts.
const PIECES = new Map<string, readonly Piece[]>();

function piecesOf(text: string): readonly Piece[] {
  const known = PIECES.get(text);
  if (known !== undefined) return known;
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    pieces.push({ before: text.slice(from, match.index), name: match[1] });
    from = match.index + match[0].length;
  }
  pieces.push({ before: text.slice(from), name: undefined });
  PIECES.set(text, pieces);
  return pieces;
}

function paramText(name: string, params: readonly RuleParam[]): string {
  const param = params.find((candidate) => candidate.name === name.slice('params.'.length));
  return param === undefined ? '' : valueText(param.value);
}

function factText(fact: Fact<FactValue>): string {
  if (fact.state === 'known') return valueText(fact.value);
  return fact.state === 'unknown' ? '(not known)' : '(none)';
}

function valueText(value: FactValue): string {
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  const shown = value.slice(0, MAX_ENTRIES).map(shortened).join(', ');
  const left = value.length - MAX_ENTRIES;
  return left > 0 ? `${shown} and ${left} more` : shown;
}

const shortened = (text: string): string =>
  text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;

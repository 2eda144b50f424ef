import { compareText } from '../../core/compare-text.js';
import { escapedJson } from '../../core/json-text.js';

/** JSON with keys in code-unit order; `undefined` is written as null, so that a known shape stays whole. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).toSorted(([left], [right]) => compareText(left, right));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join(',')}}`;
}

/** A JSON object in pieces: one line a member, and one line an element where a member is a list. */
export function* canonicalLines(members: Readonly<Record<string, unknown>>): Generator<string> {
  let separator = '{\n';
  for (const [name, value] of Object.entries(members).toSorted(([left], [right]) =>
    compareText(left, right),
  )) {
    yield `${separator}${JSON.stringify(name)}: `;
    if (Array.isArray(value)) yield* elementLines(value);
    else yield escapedJson(canonicalJson(value));
    separator = ',\n';
  }
  yield '\n}\n';
}

function* elementLines(values: readonly unknown[]): Generator<string> {
  let separator = '[\n';
  for (const value of values) {
    yield separator + escapedJson(canonicalJson(value));
    separator = ',\n';
  }
  yield values.length === 0 ? '[]' : '\n]';
}

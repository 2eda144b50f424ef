import type { z } from 'zod';
import { nearest } from '../core/nearest.js';
import type { Problem } from '../core/errors/problem.js';
import { settingsAt } from './schema-settings.js';
import { positionOf, positionOfKey, type YamlFile } from './yaml-file.js';

type Issue = z.core.$ZodIssue;

/** More would only bury the first ones, and each is looked up in the file. */
const MAX_SHOWN = 100;

interface Checked {
  readonly yaml: YamlFile;
  readonly schema: z.core.$ZodType;
}

/** Turns what a schema found wrong in a file into problems with lines and columns. Never shows a value. */
export function zodProblems(checked: Checked, issues: readonly Issue[]): Problem[] {
  return issues
    .slice(0, MAX_SHOWN)
    .flatMap((issue) => problemsOf(checked, issue))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function problemsOf(checked: Checked, issue: Issue): Problem[] {
  const { yaml } = checked;
  if (issue.code === 'unrecognized_keys') return unknownKeys(checked, issue);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return unionProblems(checked, issue);
  const { line, column } = positionOf(yaml, issue.path);
  return [{ file: yaml.file, line, column, message: `${placeOf(issue.path)}: ${textOf(issue)}` }];
}

function unknownKeys({ yaml, schema }: Checked, issue: z.core.$ZodIssueUnrecognizedKeys): Problem[] {
  const allowed = settingsAt(schema, issue.path);
  return issue.keys.slice(0, MAX_SHOWN).map((key) => {
    const { line, column } = positionOfKey(yaml, issue.path, key);
    const suggestion = nearest(key, allowed);
    const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    return {
      file: yaml.file,
      line,
      column,
      message: `${placeOf(issue.path)}: unknown setting ${shownName(key)}${hint}`,
    };
  });
}

/** Of the alternatives, the one that went furthest tells the most. */
function unionProblems(checked: Checked, issue: z.core.$ZodIssueInvalidUnion): Problem[] {
  const depth = (issues: readonly Issue[]): number =>
    Math.max(0, ...issues.map((inner) => inner.path.length));
  const best = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
  const inner = best.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
  return inner.flatMap((one) => problemsOf(checked, one));
}

/** Names that people choose may be shown; anything longer or with digits might be a pasted secret. */
const shownName = (name: string): string =>
  /^[A-Za-z_-]{1,24}$/.test(name) ? `"${name}"` : '(name not shown)';

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.map((part, index) => placePart(part, index === 0)).join('');
}

function placePart(part: PropertyKey, first: boolean): string {
  if (typeof part === 'number') return `[${part}]`;
  const name = shownName(String(part)).replaceAll('"', '');
  return first ? name : `.${name}`;
}

function textOf(issue: Issue): string {
  const text = issue.message
    .replace(/^Invalid (input|option|string): /, '')
    .replace(/, received /, ', found ');
  return text.charAt(0).toLowerCase() + text.slice(1).replace('found undefined', 'found nothing');
}

import type { z } from 'zod';
import type { Problem } from '../core/errors/problem.js';
import { findLiteralSecrets } from './literal-secrets.js';
import { dataOf, parseYaml, positionOf } from './yaml-file.js';
import { zodProblems } from './zod-problems.js';

/** A file as somebody wrote it. `file` is the name that problems show. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

export interface CheckedYaml<T> {
  readonly data: T;
  /** Where a value of the data stands; lines and columns from 1. */
  readonly at: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number };
}

/** Either the checked data, or everything that is wrong with the file, in reading order. */
export type YamlCheck<T> =
  | ({ readonly ok: true } & CheckedYaml<T>)
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a YAML file that must match a schema and hold no literal secret. */
export function checkYaml<S extends z.ZodType>(written: WrittenFile, schema: S): YamlCheck<z.output<S>> {
  const yaml = parseYaml(written.file, written.text);
  const secrets = findLiteralSecrets(written.file, written.text);
  const { data, problems } = dataOf(yaml);
  const broken = [...yaml.problems, ...problems];
  if (broken.length > 0) return { ok: false, problems: inOrder([...broken, ...secrets]) };
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success && secrets.length === 0) {
    return { ok: true, data: parsed.data, at: (path) => positionOf(yaml, path) };
  }
  const faults = parsed.success ? [] : zodProblems({ yaml, schema }, parsed.error.issues);
  return { ok: false, problems: inOrder([...faults, ...secrets]) };
}

/** By line and column. */
function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

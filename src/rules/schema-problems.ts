import type { z } from 'zod';
import type { Problem } from '../core/errors/problem.js';
import { ruleSchema } from './rule-schema.js';
import { didYouMean } from './did-you-mean.js';
import type { YamlSource } from './yaml-source.js';

const FIELDS = Object.keys(ruleSchema.shape);

/** The mistakes in a rule's fields, each where it stands. */
export function schemaProblems(source: YamlSource, error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code !== 'unrecognized_keys') return [source.problem(path, describe(path, issue.message))];
    const known = path.length === 0 ? FIELDS : [];
    return issue.keys.map((key) =>
      source.problemAtName([...path, key], `there is no field ${key}${didYouMean(key, known)}`),
    );
  });
}

function describe(path: readonly (string | number)[], message: string): string {
  const text = message.replace(/^Invalid input: /, '');
  const field = path.join('.');
  return field === '' ? text : `${field}: ${text}`;
}

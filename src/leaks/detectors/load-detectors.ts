import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Problem, ProblemsError } from '../../core/errors/problem.js';
import { dataOf, parseYaml, positionOf } from '../../yaml/yaml-file.js';
import { compareText } from '../hit.js';
import type { Detector } from './detector.js';
import { detectorSchema } from './detector-schema.js';
import { audienceKeywords } from './jwt.js';

/** The folder of the detectors that keyaudit ships; the same relative place from src and from dist. */
export const BUILT_IN_DETECTORS = fileURLToPath(new URL('../../../rules/detectors/', import.meta.url));

/**
 * Reads files, and every `*.yaml` of folders; each file is one detector.
 * @returns them in the order of their ids.
 * @throws ProblemsError with every mistake of every file.
 */
export async function loadDetectors(paths: readonly string[]): Promise<readonly Detector[]> {
  const problems: Problem[] = [];
  const detectors: Detector[] = [];
  for (const path of paths) {
    const files = await filesAt(path);
    if (files.length === 0) problems.push(missingFile(path));
    for (const file of files) {
      const loaded = parseDetector(await readFile(file, 'utf8'), file);
      if (Array.isArray(loaded)) problems.push(...loaded);
      else detectors.push(loaded);
    }
  }
  problems.push(...doubleIds(detectors));
  if (problems.length > 0) throw new ProblemsError('some detectors are not valid', problems);
  return detectors.sort((a, b) => compareText(a.id, b.id));
}

const ANY_SHAPE = { alphabet: 'token', minLength: 1, maxLength: 4096 } as const;

/** A file itself, or what lies in a folder; nothing where neither is. */
async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isDirectory()) return found === undefined ? [] : [path];
  const names = (await readdir(path)).filter((name) => name.endsWith('.yaml'));
  return names.sort(compareText).map((name) => join(path, name));
}

export const missingFile = (file: string): Problem => ({
  file,
  line: 1,
  column: 1,
  message: 'expected detectors, found none there',
});

/** @returns the detector, or what is wrong with it. */
export function parseDetector(text: string, file: string): Detector | Problem[] {
  const yaml = parseYaml(file, text);
  const { data, problems } = dataOf(yaml);
  const broken = [...yaml.problems, ...problems];
  if (broken.length > 0) return broken;
  const checked = detectorSchema.safeParse(data);
  if (!checked.success) {
    return checked.error.issues.map(({ path, message }) => ({
      file,
      ...positionOf(yaml, path),
      message: `${path.join('.') || 'the file'}: ${message}`,
    }));
  }
  const detector = { ...checked.data, shape: checked.data.shape ?? ANY_SHAPE, file };
  const { search, keywords } = detector;
  return search.kind === 'jwt'
    ? { ...detector, keywords: [...keywords, ...audienceKeywords(search.audience)] }
    : detector;
}

function doubleIds(detectors: readonly Detector[]): Problem[] {
  return detectors
    .filter(({ id }, index) => detectors.findIndex((other) => other.id === id) !== index)
    .map(({ id, file }) => ({
      file,
      line: 1,
      column: 1,
      message: `id: expected a new one, found "${id}" again`,
    }));
}

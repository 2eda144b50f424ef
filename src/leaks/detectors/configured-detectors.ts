import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Problem, ProblemsError } from '../../core/errors/problem.js';
import { compareText } from '../hit.js';
import type { Detector } from './detector.js';
import type { ImportedRules } from './gitleaks.js';
import { BUILT_IN_DETECTORS, loadDetectors, missingFile } from './load-detectors.js';

/** What a configuration names besides the built-in detectors. */
export interface DetectorSources {
  /** Folders or files in the format of `rules/detectors`. */
  readonly detectors: readonly string[];
  /** Files of rules in gitleaks' format. */
  readonly gitleaks: readonly string[];
}

export interface ConfiguredDetectors {
  /** In the order of their ids. */
  readonly detectors: readonly Detector[];
  readonly imports: readonly (ImportedRules & { readonly file: string })[];
}

/** @throws ProblemsError with every mistake of the files; a rule that cannot be translated is none. */
export async function loadConfiguredDetectors(sources: DetectorSources): Promise<ConfiguredDetectors> {
  const own = await loadDetectors([BUILT_IN_DETECTORS, ...sources.detectors]);
  const imports: ConfiguredDetectors['imports'][number][] = [];
  const taken = new Set(own.map(({ id }) => id));
  const problems: Problem[] = [];
  for (const file of sources.gitleaks) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) problems.push(missingFile(file));
    else imports.push({ file, ...(await importUntaken(text, { file, taken })) });
  }
  if (problems.length > 0) throw new ProblemsError('some detectors cannot be read', problems);
  const detectors = [...own, ...imports.flatMap((one) => one.detectors)];
  return { detectors: detectors.sort((a, b) => compareText(a.id, b.id)), imports };
}

interface Untaken {
  readonly file: string;
  readonly taken: Set<string>;
}

/** Ids tell detectors apart: the first rule with one keeps it. */
async function importUntaken(text: string, { file, taken }: Untaken): Promise<ImportedRules> {
  const { importGitleaks } = await import('./gitleaks.js');
  const { detectors, refused, unheeded } = importGitleaks(text, file);
  const isNew = detectors.map(({ id }) => {
    const isFirst = !taken.has(id);
    taken.add(id);
    return isFirst;
  });
  const doubles = detectors.filter((_, at) => isNew[at] === false);
  return {
    detectors: detectors.filter((_, at) => isNew[at] === true),
    refused: [...refused, ...doubles.map(({ id }) => ({ rule: id, why: 'its id is taken' }))],
    unheeded,
  };
}

/** How many rules a note names. */
const NAMED = 3;

/** What became of imported rules, in a sentence a file. */
export function importNotes(imports: ConfiguredDetectors['imports']): readonly string[] {
  return imports.map(({ file, detectors, refused, unheeded }) => {
    const names = refused.slice(0, NAMED).map(({ rule, why }) => `${rule}: ${why}`);
    const more = refused.length > NAMED ? '; …' : '';
    return [
      `Of the rules in ${basename(file)}, ${detectors.length} are looked for`,
      ...(refused.length === 0 ? [] : [`${refused.length} are refused (${names.join('; ')}${more})`]),
      ...(unheeded.length === 0 ? [] : [`of ${unheeded.length} a part of the allow-list is not heeded`]),
      'keyaudit rules test lists them.',
    ].join('; ');
  });
}

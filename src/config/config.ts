import type { Suppression } from '../core/policy.js';
import { type Problem, ProblemsError } from '../core/errors/problem.js';
import { checkYaml, type CheckedYaml, type WrittenFile } from '../yaml/check-yaml.js';
import { configSchema, type WrittenConfig } from './schema.js';
import { suppressionOf } from './suppressions.js';

/** `audit.config.yaml` as checked: every default filled in, every source's id unique. */
export interface Config extends Omit<WrittenConfig, 'suppressions'> {
  readonly file: string;
  readonly suppressions: readonly Suppression[];
}

/** @throws ProblemsError naming every mistake by line and column, never a value that may be a secret. */
export function readConfig(written: WrittenFile): Config {
  const checked = checkYaml(written, configSchema);
  if (!checked.ok) throw mistakes(checked.problems);
  const twice = sharedIds(written.file, checked);
  if (twice.length > 0) throw mistakes(twice);
  const { data, at } = checked;
  const suppressions = data.suppressions.map((one, index) =>
    suppressionOf(one, { file: written.file, line: at(['suppressions', index]).line }),
  );
  return { ...data, file: written.file, suppressions };
}

const mistakes = (problems: readonly Problem[]): ProblemsError =>
  new ProblemsError('the configuration has mistakes', problems, 'keyaudit init writes a commented example');

/** Keys are told apart by source and id, so a source's id must be used once. */
function sharedIds(file: string, checked: CheckedYaml<WrittenConfig>): Problem[] {
  const seen = new Map<string, number>();
  return checked.data.sources.flatMap(({ id }, index) => {
    const { line, column } = checked.at(['sources', index, 'id']);
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, line);
      return [];
    }
    return [
      {
        file,
        line,
        column,
        message: `sources[${index}].id: expected an id of its own, found that of line ${first}`,
      },
    ];
  });
}

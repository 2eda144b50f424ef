import type { Coverage } from '../../core/coverage.js';
import type { ReadProject } from './read-project.js';

/**
 * One entry for each part of all projects that were read whole, and one more for each that was not:
 * among a thousand projects the one that failed must be seen.
 */
export function sumCoverage(source: string, projects: readonly ReadProject[]): readonly Coverage[] {
  const names = [...new Set(projects.flatMap(({ parts }) => [...parts.keys()]))];
  return names.flatMap((name) => {
    const entries = projects.flatMap(({ parts }) => parts.get(name) ?? []);
    const whole = entries.filter((entry) => entry.status === 'complete');
    return [...sum(source, name, whole), ...entries.filter((entry) => entry.status !== 'complete')];
  });
}

function sum(source: string, name: string, whole: readonly Coverage[]): readonly Coverage[] {
  if (whole.length === 0) return [];
  const seen = whole.reduce((total, entry) => total + entry.seen, 0);
  const part = `${name} of ${whole.length} ${whole.length === 1 ? 'project' : 'projects'}`;
  const told = whole.every((entry) => entry.expected !== undefined);
  return [{ source, kind: 'vendor', part, status: 'complete', expected: told ? seen : undefined, seen }];
}

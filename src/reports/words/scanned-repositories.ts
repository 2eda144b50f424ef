import type { Coverage } from '../../core/coverage.js';

/** Parts that mean that something was scanned; others are lists of repositories or the talk around them. */
const SCANNED = /^(?:objects|files)\b/;

/** How many repositories and folders were looked into. */
export const scannedRepositories = (coverage: readonly Coverage[]): number =>
  new Set(
    coverage
      .filter(({ kind, part }) => kind === 'repository' && SCANNED.test(part))
      .map(({ source }) => source),
  ).size;

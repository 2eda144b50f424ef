import { join } from 'node:path';
import type { Coverage } from '../core/coverage.js';
import type { ScanTarget } from '../core/scan-target.js';
import { detectLayout, type SourceLayout } from '../git/repository.js';
import type { ScanContext } from './cache/scan-store.js';
import { cleanPathOf } from './clean-path.js';
import type { FileHit } from './file-scanner.js';
import type { NameSighting } from './locate-names.js';
import type { Needles } from './needles.js';
import { placesOf, type PlacedHit } from './places.js';
import { type FilesScan, scanFiles } from './scan-files.js';
import { type HistoryScan, scanHistory } from './scan-history.js';

export interface TargetScan {
  readonly placed: readonly PlacedHit[];
  readonly coverage: readonly Coverage[];
}

/**
 * Scans one target: its files, its history, and the history of repositories inside it.
 * @throws ProcessError, the file system's errors, or `signal.reason` when that is aborted.
 */
export async function scanTarget(
  target: ScanTarget,
  needles: Needles,
  ctx: ScanContext,
): Promise<TargetScan> {
  const layout = detectLayout(target.path);
  const files = layout.kind === 'git-directory' ? undefined : await scanFiles(target, needles, ctx);
  const histories: HistoryScan[] = [];
  for (const { gitDir, prefix } of [...ownHistory(layout), ...nestedHistories(target, files)]) {
    histories.push(await scanHistory({ name: target.name, gitDir, prefix }, needles, ctx));
  }
  return {
    placed: placesOfAll({
      target,
      files: files?.hits ?? [],
      names: files?.names ?? [],
      histories,
      cleanPath: cleanPathOf(needles),
    }),
    coverage: [...histories, ...(files === undefined ? [] : [files])].map(({ coverage }) => coverage),
  };
}

interface Store {
  readonly gitDir: string;
  readonly prefix: string;
}

function ownHistory(layout: SourceLayout): Store[] {
  return 'gitDir' in layout ? [{ gitDir: layout.gitDir, prefix: '' }] : [];
}

/** Submodules and clones inside: their files were scanned with the others, their histories are stores of their own. */
function nestedHistories(target: ScanTarget, files: FilesScan | undefined): Store[] {
  return (files?.nested ?? []).flatMap((folder) => {
    const layout = detectLayout(join(target.path, folder));
    return layout.kind === 'work-tree' ? [{ gitDir: layout.gitDir, prefix: `${folder}/` }] : [];
  });
}

interface Found {
  readonly target: ScanTarget;
  readonly files: readonly FileHit[];
  readonly names: readonly NameSighting[];
  readonly histories: readonly HistoryScan[];
  readonly cleanPath: (path: string) => string;
}

/** Each working file goes with the history that is nearest to it. */
function placesOfAll({ target, files, names, histories, cleanPath }: Found): PlacedHit[] {
  const byPrefix = histories.toSorted((a, b) => b.prefix.length - a.prefix.length);
  const owner = ({ path }: FileHit) => byPrefix.find(({ prefix }) => path.startsWith(prefix));
  const placed = histories.flatMap((history) => {
    // The host has no pages for a repository inside another one.
    const own = history.prefix === '' ? target : { ...target, webUrl: undefined };
    return placesOf({
      ...history,
      target: own,
      files: files.filter((file) => owner(file) === history),
      cleanPath,
    });
  });
  const nobodys = files.filter((file) => owner(file) === undefined);
  // A name that the history knows is not told twice.
  const told = new Set(histories.flatMap((history) => history.names.map(({ name }) => name)));
  const newNames = names.filter(({ name }) => !told.has(name));
  const rest = {
    target,
    head: undefined,
    sightings: [],
    messages: [],
    files: nobodys,
    names: newNames,
    cleanPath,
  };
  return [...placed, ...placesOf(rest)];
}

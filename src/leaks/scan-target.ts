import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Coverage } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import type { ScanTarget } from '../core/scan-target.js';
import { moduleStores } from '../git/module-stores.js';
import { commonDirectory, detectLayout, type SourceLayout } from '../git/repository.js';
import type { ScanContext } from './cache/scan-store.js';
import { cleanPathOf } from './clean-path.js';
import { failedCoverage } from './failed-coverage.js';
import type { FileHit } from './file-scanner.js';
import type { NameSighting } from './locate-names.js';
import type { Needles } from './needles.js';
import { placesOf, type PlacedHit } from './places.js';
import { type FilesScan, scanFiles } from './scan-files.js';
import { historyPart, type HistoryScan, scanHistory } from './scan-history.js';

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
  const failed: Coverage[] = [];
  for (const store of withUnusedModules([...storesOf(layout, ''), ...nestedStores(target, files)])) {
    const scan = await scanStoreOf(target, store, { needles, ctx });
    if ('status' in scan) failed.push(scan);
    else histories.push(scan);
  }
  return {
    placed: placesOfAll({
      target,
      files: files?.hits ?? [],
      names: files?.names ?? [],
      histories,
      cleanPath: cleanPathOf(needles),
    }),
    coverage: [
      ...histories.map(({ coverage }) => coverage),
      ...failed,
      ...(files === undefined ? [] : [files.coverage]),
    ],
  };
}

/** A history that cannot be read takes nothing from the others, and nothing from the files. */
async function scanStoreOf(
  { name, relatives = [] }: ScanTarget,
  { gitDir, prefix }: Store,
  { needles, ctx }: { readonly needles: Needles; readonly ctx: ScanContext },
): Promise<HistoryScan | Coverage> {
  try {
    if (gitDir === undefined) throw new NoRepositoryError(prefix);
    // What lies inside of it is a repository of its own.
    const own = prefix === '' ? relatives : [];
    return await scanHistory({ name, gitDir, prefix, relatives: own }, needles, ctx);
  } catch (error) {
    return failedCoverage({ source: name, part: historyPart(prefix) }, error, ctx);
  }
}

interface Store {
  /** Undefined where there is a `.git` that is no repository. */
  readonly gitDir: string | undefined;
  readonly prefix: string;
}

/** Something is there, and nobody can read it as a history: that is no folder without one. */
class NoRepositoryError extends AuditError {
  readonly exitCode = 3;

  constructor(prefix: string) {
    super(`${prefix}.git is no repository that git knows, so no history was read`, {
      hint: 'check it with git status; remove it if it is of no use',
    });
  }
}

function storesOf(layout: SourceLayout, prefix: string): Store[] {
  if ('gitDir' in layout) return [{ gitDir: layout.gitDir, prefix }];
  return layout.kind === 'folder' && layout.hasBrokenGit ? [{ gitDir: undefined, prefix }] : [];
}

/** Submodules and clones inside: their files were scanned with the others, their histories are stores of their own. */
const nestedStores = (target: ScanTarget, files: FilesScan | undefined): Store[] =>
  (files?.nested ?? []).flatMap((folder) => storesOf(detectLayout(join(target.path, folder)), `${folder}/`));

/**
 * The stores, and behind them those of submodules that have no work tree (any more): what was ever fetched for them is still there.
 */
function withUnusedModules(stores: readonly Store[]): readonly Store[] {
  const used = new Set(stores.map(({ gitDir }) => gitDir).flatMap(realPathOf));
  const unused = stores.flatMap(({ gitDir, prefix }) =>
    gitDir === undefined ? [] : unusedModules(gitDir, prefix, used),
  );
  return [...stores, ...unused];
}

function unusedModules(gitDir: string, prefix: string, used: Set<string>): readonly Store[] {
  return moduleStores(gitDir).flatMap((module) => {
    const [real = module.gitDir] = realPathOf(module.gitDir);
    if (used.has(real)) return [];
    used.add(real);
    return [{ gitDir: module.gitDir, prefix: `${prefix}.git/${module.path}/` }];
  });
}

function realPathOf(gitDir: string | undefined): readonly string[] {
  try {
    return gitDir === undefined ? [] : [realpathSync(commonDirectory(gitDir))];
  } catch {
    return [];
  }
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

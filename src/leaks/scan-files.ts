import type { Coverage } from '../core/coverage.js';
import type { RunContext } from '../core/run-context.js';
import type { ScanTarget } from '../core/scan-target.js';
import { type FileHit, FileScanner } from './file-scanner.js';
import type { NameSighting } from './locate-names.js';
import type { Needles } from './needles.js';
import { walkFiles } from './sources/walk-files.js';

export interface FilesScan {
  readonly hits: readonly FileHit[];
  /** Strings in the names of files and folders. */
  readonly names: readonly NameSighting[];
  /** Folders, from the root, that have a `.git` of their own. */
  readonly nested: readonly string[];
  readonly coverage: Coverage;
}

/** How many paths a reason names. */
const NAMED = 3;

/** Scans every file below a folder (or the one file that the target is), tracked, untracked and ignored. */
export async function scanFiles(
  { name, path }: ScanTarget,
  needles: Needles,
  ctx: RunContext,
): Promise<FilesScan> {
  const scanner = new FileScanner(needles);
  const { files, unreadable, nested } = await walkFiles(path, scanner, ctx);
  ctx.progress.detail(`${name}: ${files} files scanned`);
  const named = unreadable.slice(0, NAMED).join(', ');
  const unread = `${unreadable.length} files or folders could not be read (${named}${unreadable.length > NAMED ? ', …' : ''}): check their permissions`;
  const gaps = scanner.archiveGaps;
  const reasons = [...(unreadable.length === 0 ? [] : [unread]), ...gaps.reasons()];
  return {
    hits: scanner.hits,
    names: scanner.names,
    nested,
    coverage: {
      source: name,
      kind: 'repository',
      part: 'files',
      status: unreadable.length === 0 && !gaps.isPartial ? 'complete' : 'partial',
      expected: files + unreadable.length,
      seen: files,
      ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    },
  };
}

import type { RunContext } from '../core/run-context.js';
import { runGit } from './git-command.js';
import { splitRecords, streamGit } from './stream-git.js';

/** The commit that HEAD names; undefined before the first commit. */
export async function headCommit(
  gitDir: string,
  ctx: Pick<RunContext, 'signal'>,
): Promise<string | undefined> {
  const output = await runGit({ gitDir, args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] }, ctx);
  const id = output.stdout.toString('latin1').trim();
  return output.code === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
}

export interface TreeFile {
  readonly path: string;
  readonly blob: string;
}

export interface Listing {
  readonly files: readonly TreeFile[];
  readonly problem: string | undefined;
}

interface ListingRequest {
  readonly gitDir: string;
  /** Only files with one of these contents are listed. */
  readonly blobs: ReadonlySet<string>;
  /** Paths that are listed whatever their content. */
  readonly isWantedPath?: (path: string) => boolean;
}

/** Where wanted contents stand in the tree of a commit. */
export function listTree(
  request: ListingRequest & { readonly commit: string },
  ctx: Pick<RunContext, 'signal'>,
): Promise<Listing> {
  return list(request, ['ls-tree', '-r', '-z', '--full-tree', request.commit], ctx);
}

/** Where wanted contents stand in the index: what is staged and perhaps in no commit. */
export function listIndex(request: ListingRequest, ctx: Pick<RunContext, 'signal'>): Promise<Listing> {
  return list(request, ['ls-files', '--stage', '-z'], ctx);
}

async function list(
  { gitDir, blobs, isWantedPath }: ListingRequest,
  args: readonly string[],
  ctx: Pick<RunContext, 'signal'>,
): Promise<Listing> {
  const files: TreeFile[] = [];
  const take = splitRecords(0, (record) => {
    // `<mode> blob <id>\t<path>` in trees, `<mode> <id> <stage>\t<path>` in the index
    const tab = record.indexOf(9);
    const blob = /\b[0-9a-f]{40,64}\b/.exec(record.toString('latin1', 0, tab))?.[0];
    if (blob === undefined || (!blobs.has(blob) && isWantedPath === undefined)) return;
    const path = record.toString('utf8', tab + 1);
    if (blobs.has(blob) || isWantedPath?.(path) === true) files.push({ path, blob });
  });
  const { problem } = await streamGit({ gitDir, args }, take, ctx);
  return { files, problem };
}

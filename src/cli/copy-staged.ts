import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { UsageError } from '../core/errors/audit-error.js';
import { type ObjectSink, readObjects } from '../git/objects.js';
import { detectLayout } from '../git/repository.js';
import { refuseSpecialFiles } from '../git/special-files.js';
import { listStaged, type StagedFile, StagedUnreadableError } from '../git/staged.js';
import type { Shell } from './shell.js';

/**
 * Copies what the next commit adds or changes into a private temporary folder, as it is in the index: without filters, and
 * whatever the files in the work tree hold by now.
 * @returns that folder
 * @throws UsageError outside of a work tree; StagedUnreadableError when anything is missing
 */
export async function copyStaged(shell: Shell): Promise<string> {
  const gitDir = enclosingGitDirectory(shell.cwd);
  const indexFile = shell.env['GIT_INDEX_FILE'];
  const index = { gitDir, ...(indexFile === undefined ? {} : { indexFile: resolve(shell.cwd, indexFile) }) };
  await refuseSpecialFiles(gitDir);
  const files = await listStaged(index, shell);
  const folder = await shell.makeTempFolder();
  const copier = new Copier(folder, files);
  const { missing, problem } = await readObjects({ gitDir, ids: copier.ids }, copier, shell);
  if (missing > 0 || problem !== undefined)
    throw new StagedUnreadableError(
      `${missing > 0 ? missing : 'some'} of the files that are to be committed could not be read`,
    );
  return folder;
}

function enclosingGitDirectory(start: string): string {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const layout = detectLayout(folder);
    if (layout.kind === 'work-tree') return layout.gitDir;
    if (dirname(folder) === folder)
      throw new UsageError('--staged: this folder belongs to no work tree of git');
  }
}

/** Writes each object to all paths that have it, in pieces, so that memory does not grow with their size. */
class Copier implements ObjectSink {
  readonly #folder: string;
  readonly #paths = new Map<string, string[]>();
  #open: number[] = [];

  constructor(folder: string, files: readonly StagedFile[]) {
    this.#folder = folder;
    for (const { id, path } of files) this.#paths.set(id, [...(this.#paths.get(id) ?? []), path]);
  }

  get ids(): readonly string[] {
    return [...this.#paths.keys()];
  }

  begin({ id }: { readonly id: string }): void {
    this.#open = (this.#paths.get(id) ?? []).map((path) => this.#create(path));
  }

  data(bytes: Uint8Array): void {
    for (const file of this.#open) writeWhole(file, bytes);
  }

  end(): void {
    for (const file of this.#open) closeSync(file);
    this.#open = [];
  }

  /** An index made by somebody else may hold any path. */
  #create(path: string): number {
    const target = resolve(this.#folder, path);
    if (!target.startsWith(this.#folder + sep)) throw new StagedUnreadableError(OUTSIDE);
    mkdirSync(dirname(target), { recursive: true });
    // Never over another: on some disks two names of git are one.
    return openSync(target, 'wx', 0o600);
  }
}

const OUTSIDE = 'a file that is to be committed has a path outside of the work tree';

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

import type { RunContext } from '../core/run-context.js';
import { AuditError } from '../core/errors/audit-error.js';
import { runGit } from './git-command.js';

/** A file as the next commit would hold it. */
export interface StagedFile {
  /** Slash-separated, from the root of the work tree. */
  readonly path: string;
  /** The blob's id. */
  readonly id: string;
}

export interface Index {
  /** Absolute. */
  readonly gitDir: string;
  /** The file that git uses in place of the index, as it tells its hooks; absolute. */
  readonly indexFile?: string;
}

/** What is to be committed could not be read, so nobody can say that it holds no key. */
export class StagedUnreadableError extends AuditError {
  readonly exitCode = 3;
}

/** Added, copied, changed or of another type; whole ids, names as they are. */
const DIFF = 'diff-index --cached --raw -z --no-renames --no-abbrev --diff-filter=ACMT'.split(' ');
/** `:<old mode> <mode> <old id> <id> <status>`, then a NUL, the path and another NUL. */
const CHANGE = /^:\d{6} (\d{6}) [0-9a-f]{40,64} ([0-9a-f]{40,64}) [A-Z]\d*$/;
/** A submodule: a commit of another repository, whose content is not here. */
const SUBMODULE = '160000';

/** Files that the next commit adds or changes. @throws StagedUnreadableError when git cannot tell. */
export async function listStaged(
  index: Index,
  ctx: Pick<RunContext, 'signal'>,
): Promise<readonly StagedFile[]> {
  const args = [...DIFF, await before(index, ctx)];
  const { stdout, code } = await runGit({ ...index, args }, ctx);
  if (code !== 0) throw new StagedUnreadableError('git cannot tell what is to be committed');
  const fields = stdout.toString('utf8').split('\0');
  return fields.flatMap((field, at) => {
    const [, mode, id] = CHANGE.exec(field) ?? [];
    const path = fields[at + 1];
    return id === undefined || path === undefined || mode === SUBMODULE ? [] : [{ path, id }];
  });
}

/** The commit to compare with; before the first one, the empty tree. */
async function before(index: Index, ctx: Pick<RunContext, 'signal'>): Promise<string> {
  const head = await runGit({ ...index, args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] }, ctx);
  if (head.code === 0) return 'HEAD';
  const { stdout } = await runGit({ ...index, args: ['hash-object', '-t', 'tree', '--stdin'] }, ctx);
  return stdout.toString('latin1').trim();
}

import {
  type Dirent,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  readdirSync,
  readlinkSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunContext } from '../../core/run-context.js';
import { compareText } from '../hit.js';

/** Is shown every file below a folder. */
export interface FileSink {
  begin(path: string): void;
  /** The bytes are only lent: they change after the call. */
  data(bytes: Uint8Array): void;
  end(): void;
  /** Is asked before others are shown: goes on with what is left to do of the file that ended; false when nothing is left. */
  goOn(): boolean;
}

export interface FilesRead {
  readonly files: number;
  /** Slash-separated paths that could not be read. */
  readonly unreadable: readonly string[];
  /** Folders below the root that are repositories or work trees of their own. */
  readonly nested: readonly string[];
}

/** Enough for most files in one read. */
const READ_BYTES = 256 * 1024;
/** Between two looks at whether somebody wants to stop. */
const FILES_A_TURN = 256;
const BYTES_A_TURN = 1024 * 1024;
/**
 * Of a `.git` folder: what is read otherwise (objects, names of refs, messages), what git's own templates bring, and what has nothing
 * of a person's in it. Settings, hooks, kept conflicts and what other tools put there are files like others.
 */
const NOT_OF_PEOPLE =
  /^(?:objects|refs|logs|lfs|info|branches|index|sharedindex\..*|packed-refs|shallow|description|commondir|gitdir|[A-Z_]*HEAD|COMMIT_EDITMSG|.*\.sample|.*\.lock|fsmonitor--daemon.*)$/;

/**
 * Shows every regular file below `root`, tracked, ignored or neither, in the order of names, and of symbolic links
 * the text that they hold: none is followed. Of `.git` only what people and other tools put there: its objects are read as such.
 * @throws `signal.reason` when that is aborted; the file system's error when the root itself cannot be listed.
 */
export async function walkFiles(
  root: string,
  sink: FileSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<FilesRead> {
  const isFolder = statSync(root).isDirectory();
  const walk = new Walk(isFolder ? root : dirname(root), sink);
  if (isFolder) walk.list('');
  else walk.showFile(basename(root));
  // A root that is a file was shown before the first step, and may have left something to do.
  let [steps, turnAt] = [0, BYTES_A_TURN];
  do {
    let isTurnOver = steps % FILES_A_TURN === FILES_A_TURN - 1 || walk.bytes >= turnAt;
    while (sink.goOn() || isTurnOver) {
      await nextTurn();
      ctx.signal.throwIfAborted();
      isTurnOver = false;
      turnAt = walk.bytes + BYTES_A_TURN;
    }
    steps += 1;
  } while (walk.step());
  return { files: walk.files, unreadable: walk.unreadable, nested: walk.nested };
}

class Walk {
  files = 0;
  /** Of contents, as they were read. */
  bytes = 0;
  readonly unreadable: string[] = [];
  readonly nested: string[] = [];
  readonly #root: string;
  readonly #sink: FileSink;
  readonly #buffer = Buffer.alloc(READ_BYTES);
  /** What is still to do, the next one last. */
  readonly #todo: { readonly path: string; readonly entry: Dirent }[] = [];

  constructor(root: string, sink: FileSink) {
    this.#root = root;
    this.#sink = sink;
  }

  list(folder: string): void {
    const entries = readdirSync(join(this.#root, folder), { withFileTypes: true });
    entries.sort((a, b) => compareText(b.name, a.name));
    for (const entry of entries) {
      const path = folder + entry.name;
      if (isInGit(folder) && NOT_OF_PEOPLE.test(entry.name)) continue;
      if (entry.name !== '.git' || entry.isDirectory()) this.#todo.push({ path, entry });
      if (entry.name === '.git' && folder !== '' && !isInGit(folder)) this.nested.push(folder.slice(0, -1));
    }
  }

  /** Handles one entry; false when none is left. */
  step(): boolean {
    const next = this.#todo.pop();
    if (next === undefined) return false;
    try {
      if (next.entry.isDirectory()) this.list(`${next.path}/`);
      else if (next.entry.isSymbolicLink()) this.#showLink(next.path);
      else if (next.entry.isFile()) this.showFile(next.path);
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      this.unreadable.push(next.path);
    }
    return true;
  }

  #showLink(path: string): void {
    const target = readlinkSync(join(this.#root, path), 'buffer');
    this.#show(path, () => this.#sink.data(target));
  }

  showFile(path: string): void {
    // NOFOLLOW and NONBLOCK: the entry may have become a link or a pipe since it was listed.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const file = openSync(join(this.#root, path), flags);
    try {
      if (fstatSync(file).isFile()) this.#show(path, () => this.#readAll(file));
    } finally {
      closeSync(file);
    }
  }

  #show(path: string, content: () => void): void {
    this.files += 1;
    this.#sink.begin(path);
    try {
      content();
    } finally {
      this.#sink.end();
    }
  }

  #readAll(file: number): void {
    for (let count = -1; count !== 0; ) {
      count = readSync(file, this.#buffer, 0, READ_BYTES, null);
      this.bytes += count;
      if (count > 0) this.#sink.data(this.#buffer.subarray(0, count));
    }
  }
}

const isInGit = (folder: string): boolean => folder.startsWith('.git/') || folder.includes('/.git/');

const isFileSystemError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && 'code' in error;

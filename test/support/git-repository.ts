import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Seconds since 1970 of the first commit; each further one is a day later. */
const FIRST_COMMIT = Date.UTC(2024, 0, 1) / 1000;
const DAY = 86_400;

/** A repository built by script: the same calls give the same objects. */
export class GitRepository {
  readonly path: string;
  #commits = 0;

  constructor(path: string, ...initArgs: string[]) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    this.git('init', '--quiet', '--initial-branch=main', ...initArgs);
  }

  git(...args: string[]): string {
    return this.gitWith('', ...args);
  }

  gitWith(input: string | Uint8Array, ...args: string[]): string {
    return this.#run(input, args).toString().trim();
  }

  /** What git writes, as it is. */
  bytesOf(...args: string[]): Buffer {
    return this.#run('', args);
  }

  #run(input: string | Uint8Array, args: readonly string[]): Buffer {
    const date = `${FIRST_COMMIT + this.#commits * DAY} +0000`;
    const env: Record<string, string> = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.path,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'C',
      GIT_COMMITTER_EMAIL: 'c@example.com',
      GIT_COMMITTER_DATE: date,
    };
    const options = { cwd: this.path, env, input, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 } as const;
    return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], options);
  }

  write(path: string, content: string | Uint8Array): this {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return this;
  }

  remove(path: string): this {
    rmSync(join(this.path, path));
    return this;
  }

  /** Commits everything; returns the commit's id. */
  commit(message = 'Work', ...args: string[]): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message, ...args);
    this.#commits += 1;
    return this.head();
  }

  head(): string {
    return this.git('rev-parse', 'HEAD');
  }
}

/** The date of the n-th commit (from 0) of a repository, as places show it. */
export const commitDate = (n: number): string => new Date((FIRST_COMMIT + n * DAY) * 1000).toISOString();

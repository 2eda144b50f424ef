import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from '../core/errors/audit-error.js';
import type { Instant } from '../core/instant.js';
import {
  joinPast,
  parsePastVisibility,
  type PastVisibility,
  pastVisibilityText,
  withPastVisibility,
} from '../github/past-visibility.js';
import type { RemoteRepository } from '../github/remote-repository.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

/** Who could read repositories at earlier runs: kept with the history of audits, not with what can be thrown away. */
export interface VisibilityFile {
  /** Says when repositories of a host were seen closed last, and remembers those that are closed now. */
  readonly see: (host: string, repositories: readonly RemoteRepository[]) => readonly RemoteRepository[];
  /** Takes over what shards saw. */
  readonly join: (seen: PastVisibility) => void;
  readonly past: () => PastVisibility;
  readonly save: () => Promise<void>;
}

interface Opening {
  /** The reports folder. */
  readonly directory: string;
  readonly isReadOnly: boolean;
  /** The day of this audit. */
  readonly asOf: Instant;
}

/**
 * Opens `visibility.json` of a reports folder. Without it, nobody knows what was before. One that cannot be read is told, and
 * stays as it is.
 */
export async function openVisibility(
  { directory, isReadOnly, asOf }: Opening,
  shell: Shell,
): Promise<VisibilityFile> {
  const path = join(directory, 'visibility.json');
  const text = await textOf(path, shell);
  const known = text === undefined ? new Map() : parsePastVisibility(text);
  if (known === undefined)
    shell.warn(
      `${path} cannot be read, so nobody knows which repositories were closed: move it away to begin anew`,
    );
  let past: PastVisibility = known ?? new Map();
  return {
    see(host, repositories) {
      const seen = withPastVisibility({ host, repositories, past, now: asOf });
      past = seen.past;
      return seen.repositories;
    },
    join(seen) {
      past = joinPast(past, seen);
    },
    past: () => past,
    async save() {
      if (isReadOnly || known === undefined || past.size === 0) return;
      await shell.writeFile(resolve(shell.cwd, path), pastVisibilityText(past)).catch((cause: unknown) => {
        if (!(cause instanceof Error && 'code' in cause)) throw cause;
        throw new ConfigError(`${path} cannot be written: ${String(cause.code)}`, { cause });
      });
    },
  };
}

async function textOf(path: string, shell: Shell): Promise<string | undefined> {
  const found = await stat(resolve(shell.cwd, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  const hint = 'move it away to begin a new one';
  return (await readInputFile({ path, what: 'who could read repositories', hint }, shell)).text;
}

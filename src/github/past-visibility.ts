import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Instant, instantFromMs, parseInstant } from '../core/instant.js';
import type { RunContext } from '../core/run-context.js';
import type { RemoteRepository } from './remote-repository.js';

export interface PastVisibilityRequest {
  /** Of the file that remembers it from run to run, absolute; one a host, in a folder that no other process uses meanwhile. */
  readonly path: string;
  readonly repositories: readonly RemoteRepository[];
}

/** Some 500,000 repositories. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

const schema = z.strictObject({
  version: z.literal(1),
  /** By the repository's id: the last run at which not everybody could read it. */
  closedAt: z.record(
    z.string().max(64),
    z
      .string()
      .max(40)
      .transform((text, context) => {
        const instant = parseInstant(text);
        if (instant !== undefined) return instant;
        context.addIssue({ code: 'custom', message: 'expected a time' });
        return z.NEVER;
      }),
  ),
});

/**
 * Says of every public repository when an earlier run saw it closed, and notes for later runs which ones are closed now. A file
 * that is missing or damaged, and one that cannot be written, leave it unknown.
 */
export async function withPastVisibility(
  { path, repositories }: PastVisibilityRequest,
  { clock }: Pick<RunContext, 'clock'>,
): Promise<readonly RemoteRepository[]> {
  const closedAt = await remembered(path);
  const now = instantFromMs(clock.now());
  const known = repositories.map((repository) => ({
    ...repository,
    closedAt: isOpen(repository) ? closedAt.get(repository.id ?? '') : undefined,
  }));
  for (const repository of repositories) {
    const { id, visibility } = repository;
    if (id === undefined || now === undefined || isOpen(repository) || visibility === 'unknown') continue;
    closedAt.set(id, now);
  }
  await remember(path, closedAt);
  return known;
}

const isOpen = ({ visibility }: RemoteRepository): boolean => visibility === 'public';

async function remembered(path: string): Promise<Map<string, Instant>> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) return new Map();
    const data = schema.parse(JSON.parse(await readFile(path, 'utf8')));
    return new Map(Object.entries(data.closedAt));
  } catch {
    return new Map();
  }
}

/** Whole or not at all. */
async function remember(path: string, closedAt: ReadonlyMap<string, Instant>): Promise<void> {
  const text = JSON.stringify({ version: 1, closedAt: Object.fromEntries(closedAt) });
  try {
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  } catch {
    // A full disk costs what a later run would have known, and nothing in this one.
  }
}

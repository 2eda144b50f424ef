import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from '../core/instant.js';
import type { Shell } from './shell.js';

/** What no run used for that long belongs to a repository that is gone, or is no longer audited. Our judgement. */
const MAX_UNUSED_DAYS = 90;

interface Kept {
  readonly folder: string;
  /** What belongs together: used while one of it is. Undefined: not to be touched. */
  readonly groupOf: (name: string) => string | undefined;
}

/** Removes from a folder what was not used for a long time. Something that cannot be removed stays. */
export async function pruneFolder({ folder, groupOf }: Kept, { clock }: Pick<Shell, 'clock'>): Promise<void> {
  const groups = new Map<string, { paths: string[]; usedMs: number }>();
  for (const name of await readdir(folder).catch(() => [])) {
    const group = groupOf(name);
    const path = join(folder, name);
    const found = group === undefined ? undefined : await stat(path).catch(() => undefined);
    if (group === undefined || found === undefined) continue;
    const { paths, usedMs } = groups.get(group) ?? { paths: [], usedMs: 0 };
    groups.set(group, { paths: [...paths, path], usedMs: Math.max(usedMs, found.mtimeMs) });
  }
  for (const { paths, usedMs } of groups.values()) {
    if (clock.now() - usedMs <= MAX_UNUSED_DAYS * DAY_MS) continue;
    for (const path of paths) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

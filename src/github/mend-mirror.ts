import { readdir, rm } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';

/** What git leaves behind when it is killed. A lock would stop it for ever, a half pack takes room, a kept pack stays. */
const LEFT_BEHIND = /(?:^tmp_|\.lock$|\.keep$)/;

/** Removes from a mirror what a killed git left. Only for whoever holds the folder's lock: it may be in use otherwise. */
export async function mendMirror(path: string): Promise<void> {
  const files = await readdir(path, { recursive: true });
  const leftBehind = files.filter((file) => LEFT_BEHIND.test(basename(file)) && !isRef(file));
  for (const file of leftBehind) await rm(join(path, file), { force: true });
}

/** A branch may be called `tmp_x`, though not `x.lock`: git takes no such name. */
const isRef = (file: string): boolean => file.startsWith(`refs${sep}`) && !file.endsWith('.lock');

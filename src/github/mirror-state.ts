import { existsSync } from 'node:fs';
import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../core/run-context.js';
import type { RemoteRepository } from './remote-repository.js';

/** In a mirror's folder, where git overlooks it. */
const FILE = 'keyaudit-state.json';

const schema = z.strictObject({
  version: z.literal(1),
  /** When GitHub said that something was pushed last, before the fetch that brought all of it. */
  pushedAt: z.string().max(40).nullable(),
  pullRequests: z.boolean(),
  /** The list of pull requests before the fetch, as a digest; null where that is not known. */
  pulls: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
  /** What HEAD names. */
  defaultBranch: z.string().max(1_000).default(''),
});

/** What a mirror holds since its last fetch. There is none while it is being changed, or when a run was killed meanwhile. */
export type MirrorState = Omit<z.output<typeof schema>, 'version'>;

export async function readMirrorState(path: string): Promise<MirrorState | undefined> {
  return parseMirrorState(await readFile(join(path, FILE), 'utf8').catch(() => ''));
}

/** @returns undefined for what keyaudit did not write. */
export function parseMirrorState(text: string): MirrorState | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export const forgetMirrorState = (path: string): Promise<void> => rm(join(path, FILE), { force: true });

export const writeMirrorState = (path: string, state: MirrorState): Promise<void> =>
  writeFile(join(path, FILE), JSON.stringify({ version: 1, ...state }));

/** Beside the folder of a mirror that was removed to make room. */
const droppedFile = (path: string): string => `${path}.state.json`;

/** Removes a mirror, and remembers what it held. */
export async function dropMirror(path: string): Promise<void> {
  // One that was being changed has none.
  await rename(join(path, FILE), droppedFile(path)).catch(() => undefined);
  await rm(path, { recursive: true, force: true });
}

/** What is used stays in the folder that keeps it. */
export async function touchDroppedState(path: string, clock: Pick<Clock, 'now'>): Promise<void> {
  const now = new Date(clock.now());
  await utimes(droppedFile(path), now, now).catch(() => undefined);
}

/** What a mirror held before it was removed; undefined where it is there, or never was. */
export async function readDroppedState(path: string): Promise<MirrorState | undefined> {
  if (existsSync(path)) return undefined;
  return parseMirrorState(await readFile(droppedFile(path), 'utf8').catch(() => ''));
}

/**
 * Whether a mirror needs no fetch. A push from a fork moves the refs of a pull request and not the time of the last push, so
 * where those are wanted either the list of pull requests is what it was before the last fetch, or the server is asked, unless
 * the repository is archived: nothing in it can move.
 * @param pulls as a `PullsWatch` answers
 */
export function isUpToDate(
  state: MirrorState | undefined,
  repository: RemoteRepository,
  { pullRequests, pulls }: { readonly pullRequests: boolean; readonly pulls: string | undefined },
): boolean {
  if (!isPushedAsBefore(state, repository, pullRequests)) return false;
  return repository.archived || !pullRequests || (pulls !== undefined && state?.pulls === pulls);
}

/** Whether nothing but pull requests can have moved. */
export const mayHangOnPulls = (
  state: MirrorState | undefined,
  repository: RemoteRepository,
  pullRequests: boolean,
): boolean => isPushedAsBefore(state, repository, pullRequests) && pullRequests && !repository.archived;

const isPushedAsBefore = (
  state: MirrorState | undefined,
  { pushedAt }: RemoteRepository,
  pullRequests: boolean,
): boolean => pushedAt !== undefined && state?.pushedAt === pushedAt && state.pullRequests === pullRequests;

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunContext } from '../core/run-context.js';
import { idFinder } from './id-finder.js';
import type { ObjectIds } from './object-ids.js';
import type { WalkedLoose } from './loose/walk-loose.js';
import { findMissingObjects, type MissingObjects } from './missing.js';
import type { WalkedPack } from './pack/walk-pack.js';
import type { ReferenceReader } from './reference-reader.js';
import type { RefsRead } from './refs.js';
import { commonDirectory } from './repository.js';
import type { StoreIds } from './store-listing.js';

/** Git knows it without having it. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const ID_BYTES = 20;

/** What a store's own objects tell of what it lacks. */
export interface Absent {
  /** Ids that its commits, trees and tags name, reachable or not, and it does not hold. */
  readonly named: ReadonlySet<string>;
  /** It has the mark of a partial clone: what it lacks was left out. */
  readonly isPartial: boolean;
  has(id: string): boolean;
}

interface StoreParts {
  readonly packs: readonly WalkedPack[];
  /** Without their endings. */
  readonly paths: readonly string[];
  readonly loose: readonly string[];
  readonly walked: Pick<WalkedLoose, 'absent'>;
  /** Was shown the loose objects that were not walked. */
  readonly references: ReferenceReader;
}

/** Puts together what the parts of a store do not hold of what they name; undefined when one of them cannot tell. */
export function absentOf({ packs, paths, loose, walked, references }: StoreParts): Absent | undefined {
  const known = new Set(loose);
  const isPacked = idFinder(packs.map(({ index }) => index.ids));
  const has = (id: string): boolean => known.has(id) || isPacked(id);
  const named = new Set<string>();
  const note = (id: string): void => {
    if (id !== EMPTY_TREE && !named.has(id) && !has(id)) named.add(id);
  };
  for (const { absent } of [...packs, walked]) {
    if (absent === undefined) return undefined;
    for (let at = 0; at < absent.length; at += ID_BYTES) note(absent.toString('hex', at, at + ID_BYTES));
  }
  for (const id of references.named) note(id);
  const isPartial = paths.some((path) => existsSync(`${path}.promisor`));
  return references.isCertain ? { named, isPartial, has } : undefined;
}

interface LaterParts {
  /** What the store lacked when it held fewer objects, and none that it does not hold now. */
  readonly before: ObjectIds;
  /** What the objects name that came since. */
  readonly named: Iterable<string>;
  readonly store: StoreIds;
}

/** As {@link absentOf}, of a store that has only grown since somebody looked. */
export function absentSince({ before, named, store }: LaterParts): Absent {
  const absent = new Set(before.without(store.all).list());
  for (const id of named) if (id !== EMPTY_TREE && !store.all.has(id)) absent.add(id);
  const isPartial = store.packs.some(({ pack }) => existsSync(`${pack}.promisor`));
  return { named: absent, isPartial, has: (id) => store.all.has(id) };
}

interface MissingRequest {
  readonly gitDir: string;
  /** Undefined where nobody looked. */
  readonly absent: Absent | undefined;
  readonly head: string | undefined;
  readonly refs: RefsRead;
}

/**
 * Counts what the history names and the store lacks, as {@link findMissingObjects} does, from what was seen while the
 * store was read. Git is asked only where that may differ: where something is missing although nobody left it out, it may
 * be nothing but garbage that names it; and where the history ends somewhere else than its objects say.
 */
export async function countMissing(
  { gitDir, absent, head, refs }: MissingRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<MissingObjects> {
  if (absent === undefined || head === undefined || refs.problem !== undefined || isCutOff(gitDir)) {
    return findMissingObjects(gitDir, ctx);
  }
  const missing = new Set(absent.named);
  for (const { id } of refs.refs) if (!absent.has(id)) missing.add(id);
  if (missing.size > 0 && !absent.isPartial) return findMissingObjects(gitDir, ctx);
  return { missing: missing.size, isShallow: false, problem: undefined };
}

function isCutOff(gitDir: string): boolean {
  const common = commonDirectory(gitDir);
  return ['shallow', 'info/grafts'].some((file) => existsSync(join(common, file)));
}

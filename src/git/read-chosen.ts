import type { RunContext } from '../core/run-context.js';
import { absentSince } from './absent.js';
import { ObjectIds } from './object-ids.js';
import { walkLoose } from './loose/walk-loose.js';
import { type ObjectSink, readObjects } from './objects.js';
import { type PackReading, walkPack } from './pack/walk-pack.js';
import { ReferenceReader } from './reference-reader.js';
import { leaveToGit, type StoreRead } from './store.js';
import type { StoreIds } from './store-listing.js';

/** Objects that are looked for the same things. */
export interface ReadingPass {
  readonly ids: ObjectIds;
  /** Undefined: git reads them, and each one is shown. */
  readonly reading: PackReading | undefined;
}

export interface ChosenRequest {
  readonly gitDir: string;
  readonly store: StoreIds;
  readonly sink: ObjectSink;
  readonly passes: readonly ReadingPass[];
  /** Shown whatever they hold. */
  readonly shown: ObjectIds;
  /** Absent: nobody can say what the store lacks. */
  readonly growth?: Growth;
}

/** How a store differs from what it was. */
export interface Growth {
  /** What it named then and did not hold. */
  readonly absent: ObjectIds;
  /** All that it holds more than it did; it holds nothing less. One of the passes is over them. */
  readonly fresh: ObjectIds;
}

export interface ChosenRead extends StoreRead {
  /** Objects that were asked of git. */
  readonly asked: number;
}

/**
 * As long as less than this share of a pack is wanted, git is asked for those objects alone: it reads one in the time in
 * which the pack reader walks over some sixteen. An estimate: either way gives the same result.
 */
const FEW = 16;

/** As `readStore`, of a part of the objects: each of `passes` shows what may hold something. */
export async function readChosen(
  request: ChosenRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ChosenRead> {
  const { gitDir, store, shown, growth } = request;
  const found: Found = { ids: new Set(), commits: [], named: new Set(), isCertain: true };
  for (const pass of request.passes) {
    await takeLoose({ store, pass }, found, ctx);
    for (const { pack, ids } of store.packs) await takePack({ pack, ids, pass }, found, ctx);
  }
  for (const id of shown.list()) found.ids.add(id);
  const ids = [...found.ids];
  const fresh = new Set(growth === undefined ? [] : ids.filter((id) => growth.fresh.has(id)));
  const references = new ReferenceReader(request.sink, fresh);
  const read = await readObjects({ gitDir, ids }, references, ctx);
  const isWhole = read.missing === 0 && read.problem === undefined;
  const isCertain = isWhole && found.isCertain && references.isCertain;
  const named = growth && [...found.named, ...references.named];
  return {
    ...read,
    objects: store.all.count - (ids.length - read.objects),
    commitIds: () => Buffer.concat(found.commits),
    absent: named && isCertain ? absentSince({ before: growth.absent, named, store }) : undefined,
    detours: [],
    asked: ids.length,
  };
}

interface Found {
  readonly ids: Set<string>;
  readonly commits: Buffer[];
  /** By packs that were walked, and not held by them. */
  readonly named: Set<string>;
  /** Whether `named` is all of that. */
  isCertain: boolean;
}

interface LoosePass {
  readonly store: StoreIds;
  readonly pass: ReadingPass;
}

async function takeLoose(
  { store: { loose, folders }, pass: { ids, reading } }: LoosePass,
  found: Found,
  ctx: Pick<RunContext, 'signal'>,
): Promise<void> {
  const wanted = ids.within(loose).list();
  const walked = reading && (await walkLoose({ folders, ids: wanted, reading }, ctx));
  for (const id of walked === undefined ? wanted : [...walked.flagged, ...walked.unread]) found.ids.add(id);
  if (walked === undefined) return;
  found.commits.push(walked.commits);
  noteAbsent(walked.absent, found);
}

interface PackPass {
  readonly pack: string;
  readonly ids: ObjectIds;
  readonly pass: ReadingPass;
}

async function takePack(
  { pack, ids, pass }: PackPass,
  found: Found,
  ctx: Pick<RunContext, 'signal'>,
): Promise<void> {
  const wanted = pass.ids.within(ids);
  if (wanted.count === 0) return;
  const { reading } = pass;
  const isWalked = reading !== undefined && wanted.count * FEW >= ids.count;
  const walked = isWalked ? await walkPack({ ...reading, pack }, ctx).catch(leaveToGit) : undefined;
  if (walked === undefined) {
    for (const id of wanted.list()) found.ids.add(id);
    return;
  }
  found.commits.push(walked.commitIds());
  noteAbsent(walked.absent, found);
  const taken = wanted.count === ids.count ? undefined : new Set(wanted.list());
  for (const id of [...walked.flagged, ...walked.unread]) if (taken?.has(id) !== false) found.ids.add(id);
}

function noteAbsent(absent: Buffer | undefined, found: Found): void {
  found.isCertain &&= absent !== undefined;
  for (const id of idsIn(absent)) found.named.add(id);
}

const ID_BYTES = 20;

function* idsIn(bytes: Buffer = Buffer.alloc(0)): Generator<string> {
  for (let at = 0; at < bytes.length; at += ID_BYTES) yield bytes.toString('hex', at, at + ID_BYTES);
}

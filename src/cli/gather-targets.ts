import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { ConversationText } from '../core/conversation-text.js';
import type { Coverage } from '../core/coverage.js';
import type { Instant } from '../core/instant.js';
import type { SubjectKind } from '../core/finding.js';
import type { ScanTarget, ScanTargets } from '../core/scan-target.js';
import type { PastVisibility } from '../github/past-visibility.js';
import type { GithubContext } from '../github/github-context.js';
import type { HttpSession } from '../http/session.js';
import { assignedTo } from '../shards/assign.js';
import type { Shard } from '../shards/shard.js';
import { besideConfig } from './load-config.js';
import type { Shell } from './shell.js';
import type { VisibilityFile } from './visibility-file.js';

/** What there is to scan. */
export interface Gathered {
  /** Each is on disk when it is given, until the next one is asked for. */
  readonly targets: ScanTargets;
  /** The texts around repositories; each is read from its host while it is scanned. */
  readonly texts: (lookedFor: string) => AsyncIterable<ConversationText>;
  readonly coverage: () => readonly Coverage[];
  /** Of the texts, one entry a list. Whole when `texts` was read to its end. */
  readonly textCoverage: () => readonly Coverage[];
  /** Everything that is configured or listed, by a name that is unique in the audit. */
  readonly listed: readonly string[];
  /** What of it is this machine's; the same as `listed` where no others take part. */
  readonly taken: readonly string[];
}

/** Of all entries together. */
export interface GatheredAll extends Gathered {
  /** When repositories were seen closed last. */
  readonly past: PastVisibility;
  /** Keeps that for later audits; for when this one is done. */
  readonly save: () => Promise<void>;
}

const WHOLE: Shard = { index: 1, count: 1 };
export const NO_TEXTS = async function* (): AsyncGenerator<ConversationText> {};

interface GatherRequest {
  readonly config: Config;
  readonly concurrency: number;
  /** Opens the folder that repositories are brought to. */
  readonly openFolder: () => Promise<string>;
  /** What repositories may take on disk, all together; undefined: as much as they need. */
  readonly maxDiskBytes?: number | undefined;
  /** The reports folder. */
  readonly directory: string;
  readonly asOf: Instant;
  /** Only leaks are looked for: nothing is noted for later audits. */
  readonly only?: SubjectKind;
  /** Which part of the repositories is this machine's; absent: all of them. */
  readonly shard?: Shard;
  /** Where a local repository's files are read from instead, by its name in the configuration. */
  readonly folders?: ReadonlyMap<string, string>;
}

/** Brings every configured repository onto the disk; what cannot be had is told by its coverage. */
export async function gatherTargets(
  request: GatherRequest,
  session: HttpSession,
  shell: Shell,
): Promise<GatheredAll> {
  const { config, concurrency, maxDiskBytes, shard = WHOLE, folders = new Map() } = request;
  const { local, github } = config.repositories;
  const ctx: GithubContext = { signal: shell.signal, clock: shell.clock, progress: shell.progress, session };
  const gathered = [localTargets({ config, paths: local, shard, folders }, shell)];
  let past: PastVisibility = new Map();
  let save = (): Promise<void> => Promise.resolve();
  if (github.length > 0) {
    // Most leak scans are of this machine's own repositories, and need nothing that talks to GitHub.
    const { fetchEntry } = await import('./fetch-entry.js');
    const directory = await request.openFolder();
    const visibility = await visibilityOf(request, shell);
    for (const entry of github) {
      const wanted = { entry, directory, concurrency, shard, maxDiskBytes, visibility };
      gathered.push(await fetchEntry(wanted, ctx, shell));
    }
    past = visibility.past();
    save = visibility.save;
  }
  return {
    targets: maxDiskBytes === undefined ? together(gathered) : oneByOne(gathered),
    texts: (lookedFor) => inTurn(gathered.map(({ texts }) => texts(lookedFor))),
    coverage: () => gathered.flatMap(({ coverage }) => coverage()),
    textCoverage: () => gathered.flatMap(({ textCoverage }) => textCoverage()),
    listed: gathered.flatMap(({ listed }) => listed),
    taken: gathered.flatMap(({ taken }) => taken),
    past,
    save,
  };
}

/** The folder of a shard is not kept; that of the audit is, which only whoever joins the shards writes. */
async function visibilityOf(
  { config, directory, only, shard, asOf }: GatherRequest,
  shell: Shell,
): Promise<VisibilityFile> {
  const { openVisibility } = await import('./visibility-file.js');
  const folder = shard === undefined ? directory : besideConfig(config, config.reports.directory);
  return openVisibility(
    { directory: folder, isReadOnly: only !== undefined || shard !== undefined, asOf },
    shell,
  );
}

const together = (gathered: readonly Gathered[]): readonly ScanTarget[] =>
  gathered.flatMap(({ targets }) => (isList(targets) ? targets : []));

const isList = (targets: ScanTargets): targets is readonly ScanTarget[] => Array.isArray(targets);

const oneByOne = (gathered: readonly Gathered[]): ScanTargets =>
  async function* (isSilent) {
    for (const { targets } of gathered) yield* typeof targets === 'function' ? targets(isSilent) : targets;
  };

async function* inTurn(lists: readonly AsyncIterable<ConversationText>[]): AsyncGenerator<ConversationText> {
  for (const list of lists) yield* list;
}

interface LocalRequest {
  readonly config: Config;
  readonly paths: readonly string[];
  readonly shard: Shard;
  readonly folders: ReadonlyMap<string, string>;
}

function localTargets({ config, paths, shard, folders }: LocalRequest, { cwd }: Shell): Gathered {
  const mine = assignedTo(
    paths.map((path) => ({ name: path, sizeKib: 0 })),
    shard,
  ).map(({ name }) => name);
  return {
    targets: mine.map((path) =>
      localTarget(folders.get(path) ?? resolve(cwd, besideConfig(config, path)), path),
    ),
    texts: NO_TEXTS,
    coverage: () => [],
    textCoverage: () => [],
    listed: paths,
    taken: mine,
  };
}

/** A folder of this machine, under the name that the user gave it. */
export const localTarget = (path: string, name: string): ScanTarget => ({
  name,
  path,
  visibility: 'local',
  fork: false,
  closedAt: undefined,
  webUrl: undefined,
});

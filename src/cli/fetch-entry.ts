import { join } from 'node:path';
import type { Coverage } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import type { GithubContext } from '../github/github-context.js';
import type { GithubEntry } from '../github/github-entry.js';
import { askActivity } from '../github/ask-activity.js';
import { openKeptAnswers } from '../github/kept-answers.js';
import { listRepositories } from '../github/list-repositories.js';
import { mirrorInTurn } from '../github/mirror-in-turn.js';
import { mirrorRepositories, type Mirrors } from '../github/mirror-repositories.js';
import { readConversations } from '../github/read-conversations.js';
import { relativesOf } from '../github/relatives.js';
import { emptyTally } from '../github/tally.js';
import { watchPulls } from '../github/watch-pulls.js';
import { assignedTo, type Work } from '../shards/assign.js';
import type { Shard } from '../shards/shard.js';
import { type Gathered, NO_TEXTS } from './gather-targets.js';
import { tokenOf } from './github-token.js';
import type { Shell } from './shell.js';
import { toolVersion } from './tool.js';
import type { VisibilityFile } from './visibility-file.js';

interface EntryRequest {
  readonly entry: GithubEntry;
  readonly directory: string;
  readonly concurrency: number;
  readonly shard: Shard;
  /** What repositories may take on disk, all together; undefined: as much as they need. */
  readonly maxDiskBytes: number | undefined;
  readonly visibility: Pick<VisibilityFile, 'see'>;
}

/** Lists what one entry of `repositories.github` names, and brings its repositories onto the disk. */
export async function fetchEntry(
  { entry, directory, concurrency, shard, maxDiskBytes, visibility }: EntryRequest,
  ctx: GithubContext,
  shell: Shell,
): Promise<Gathered> {
  const token = await tokenOf(entry, ctx, shell);
  if (token instanceof AuditError) {
    return nothingOf(() => [withoutToken(entry, token)]);
  }
  const kept = await openKeptAnswers(join(directory, hostFile(entry, 'answers', 'jsonl')), toolVersion());
  const tally = emptyTally();
  const listing = await listRepositories({ entry, token, kept, tally }, ctx);
  const listed = visibility.see(new URL(entry.apiUrl).host, listing.repositories);
  const repositories = assignedTo(listed, shard);
  const { env } = shell;
  // Without a token every question counts, and there are few.
  const activities = await askActivity({ entry, token, repositories, tally }, ctx);
  const asking = { entry, token, kept, tally, activities };
  const watch = token === undefined ? {} : { watchPulls: watchPulls(asking, ctx) };
  const relatives = relativesOf(repositories, activities);
  const wanted = { entry, token, repositories, relatives, concurrency, env, ...watch };
  const mirrors =
    maxDiskBytes === undefined
      ? allAtOnce(await mirrorRepositories({ ...wanted, directory }, ctx))
      : mirrorInTurn({ ...wanted, room: { directory, maxBytes: maxDiskBytes } }, ctx);
  const organizations = assignedTo(organizationsOf(entry), shard).map(({ name }) => name);
  const { texts, coverage } = readConversations({ ...asking, repositories, organizations }, ctx);
  return {
    targets: mirrors.targets,
    texts,
    coverage: () => [...listing.coverage, ...mirrors.coverage()],
    textCoverage: coverage,
    listed: [...listing.repositories, ...organizationsOf(entry)].map(({ name }) => onHost(entry, name)),
    taken: [...repositories.map(({ name }) => name), ...organizations].map((name) => onHost(entry, name)),
  };
}

const allAtOnce = ({ targets, coverage }: Mirrors) => ({ targets, coverage: () => coverage });

/** Beside the folders of hosts, none of which begins with a dot. */
const hostFile = ({ apiUrl }: GithubEntry, kind: string, ending: string): string =>
  `.${kind}-${new URL(apiUrl).host.replaceAll(':', '_')}.${ending}`;

/** For what belongs to none of their repositories: variables, so far. */
const organizationsOf = ({ orgs, include }: GithubEntry): readonly Work[] =>
  include.variables ? orgs.map((name) => ({ name, sizeKib: 0 })) : [];

/** Two GitHubs may have repositories of the same name. */
const onHost = (entry: GithubEntry, name: string): string => `${new URL(entry.apiUrl).host}/${name}`;

const nothingOf = (coverage: Gathered['coverage']): Gathered => ({
  targets: [],
  texts: NO_TEXTS,
  coverage,
  textCoverage: () => [],
  listed: [],
  taken: [],
});

const withoutToken = (entry: GithubEntry, error: AuditError): Coverage => ({
  source: new URL(entry.apiUrl).host,
  kind: 'repository',
  part: 'token',
  status: 'failed',
  expected: undefined,
  seen: 0,
  reason: [error.message, error.hint].filter((part) => part !== undefined).join('; '),
});

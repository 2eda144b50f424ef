import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { AuditResult } from '../core/result.js';
import type { Credential } from '../credentials/credential.js';
import { fullNameSchema, type GithubEntry } from '../github/github-entry.js';
import { uploadEntrySchema } from '../github/upload-entry.js';
import { fileNames } from '../reports/sarif/file-names.js';
import { besideConfig } from './load-config.js';
import type { Shell } from './shell.js';

/** Where one file of the reports folder goes. */
export interface PlannedUpload {
  /** As `github/…` in the reports folder. */
  readonly path: string;
  readonly apiUrl: string;
  readonly token: Credential | undefined;
  /** In the place of the token. */
  readonly app: GithubEntry['app'];
  readonly repository: string;
  readonly commit: string | undefined;
  readonly ref: string | undefined;
}

export interface UploadPlan {
  readonly uploads: readonly PlannedUpload[];
  /** Files that go nowhere, and why, in words; the audit's user must know. */
  readonly problems: readonly string[];
}

const INVENTORY = 'github/inventory.sarif';

/** Decides for every file for code scanning of this audit whose it is. What was read incompletely has no file. */
export function planUploads(
  { coverage }: AuditResult,
  files: readonly string[],
  { config, shell }: { readonly config: Config; readonly shell: Pick<Shell, 'cwd' | 'env'> },
): UploadPlan {
  const heads = new Map(
    coverage.flatMap(({ kind, source, head }) =>
      kind === 'repository' && head !== undefined ? [[source, head] as const] : [],
    ),
  );
  const plans = [...fileNames([...heads.keys()])].flatMap(([repository, name]) => {
    const path = `github/${name}.sarif`;
    if (!files.includes(path) || isNoCodeRepository(repository)) return [];
    const goal = goalOf(repository, config, shell);
    return [typeof goal === 'string' ? goal : { ...goal, path, commit: heads.get(repository) }];
  });
  const inventory = files.includes(INVENTORY) ? [inventoryPlan(config, shell)] : [];
  const all = [...inventory, ...plans];
  return {
    uploads: all.filter((plan) => typeof plan !== 'string'),
    problems: all.filter((plan) => typeof plan === 'string'),
  };
}

/** Wikis and gists are repositories to git only: they have no code scanning. */
const isNoCodeRepository = (name: string): boolean => /\.wiki$|\/gist-[0-9a-f]{20,}$/.test(name);

type Goal = Omit<PlannedUpload, 'path' | 'commit'>;

function goalOf(repository: string, config: Config, shell: Pick<Shell, 'cwd' | 'env'>): Goal | string {
  const checkedOut = ownCheckout(repository, config, shell);
  if (checkedOut !== undefined) return checkedOut;
  if (config.repositories.local.includes(repository))
    return `${repository}: a folder of this machine, of which nobody says which repository at GitHub it is; name that in repositories.github instead`;
  const entries = config.repositories.github.filter((entry) => namesIt(entry, repository));
  const [entry] = entries;
  if (entry === undefined) return `${repository}: no entry of repositories.github names it or its owner`;
  if (new Set(entries.map(({ apiUrl }) => apiUrl)).size > 1)
    return `${repository}: two entries of repositories.github with different apiUrl have this name; name one of them in another configuration`;
  return { apiUrl: entry.apiUrl, token: entry.token, app: entry.app, repository, ref: undefined };
}

function namesIt({ orgs, users, repos }: GithubEntry, repository: string): boolean {
  const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
  const owner = repository.split('/', 1).join('');
  return (
    repos.some((name) => same(name, repository)) || [...orgs, ...users].some((name) => same(name, owner))
  );
}

/** Within GitHub Actions, the folder that the workflow checked out is the repository that it runs in. */
function ownCheckout(
  folder: string,
  config: Config,
  { cwd, env }: Pick<Shell, 'cwd' | 'env'>,
): Goal | undefined {
  const { GITHUB_WORKSPACE: workspace, GITHUB_REPOSITORY: repository, GITHUB_REF: ref } = env;
  if (workspace === undefined || !config.repositories.local.includes(folder)) return undefined;
  if (resolve(cwd, besideConfig(config, folder)) !== resolve(workspace)) return undefined;
  return fullNameSchema.safeParse(repository).success && repository !== undefined
    ? { apiUrl: apiUrlOf(env), token: { env: 'GITHUB_TOKEN' }, app: undefined, repository, ref }
    : undefined;
}

function inventoryPlan(config: Config, { env }: Pick<Shell, 'env'>): PlannedUpload | string {
  const rest = { path: INVENTORY, commit: undefined, ref: undefined };
  const { upload } = config.reports;
  if (upload !== undefined) return { ...upload, app: upload.app, ...rest };
  const own = uploadEntrySchema.safeParse({ repository: env['GITHUB_REPOSITORY'], apiUrl: apiUrlOf(env) });
  return own.success
    ? { ...own.data, app: undefined, ...rest }
    : 'the findings about keys: reports.upload.repository does not say whose code scanning shows them';
}

const apiUrlOf = (env: Shell['env']): string => env['GITHUB_API_URL'] ?? 'https://api.github.com';

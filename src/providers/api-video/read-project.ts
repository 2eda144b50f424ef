import type { SourceId } from '../../core/brand.js';
import type { Coverage } from '../../core/coverage.js';
import { ConfigError } from '../../core/errors/audit-error.js';
import { type Fact, known, unknown } from '../../core/fact.js';
import type { ProjectRecord } from '../../core/key.js';
import type { Secret } from '../../core/secret.js';
import type { ApiClient } from '../../http/api-client.js';
import { FieldLog } from '../field-log.js';
import { failedPart, listCoverage } from '../list-coverage.js';
import { isUnsteady } from '../list-steadily.js';
import type { IdentifiedListing } from '../read-page.js';
import { listAdmin } from './admin-api.js';
import { type Project, projectRecord, type ReadKey, readKey } from './normalize.js';
import { listUploadTokens, readUploadToken } from './upload-tokens.js';
import { readDelivery, readHosting, type UsageReading } from './usage.js';

export interface ProjectReading {
  readonly source: SourceId;
  readonly pepper: Secret | undefined;
  readonly nowMs: number;
  readonly admin: ApiClient;
  readonly note: (message: string) => void;
  /** A client of the Video API for a project's own key; undefined when upload tokens are not asked for. */
  readonly videoWith: ((key: Secret) => ApiClient) | undefined;
}

/** One project with its keys, and what could not be read of it. */
export interface ReadProject {
  readonly record: ProjectRecord;
  readonly keys: readonly ReadKey[];
  /** One entry a part (`keys`, `delivery usage`, …), each speaking of this project alone. */
  readonly parts: ReadonlyMap<string, Coverage>;
}

export async function readWholeProject(project: Project, reading: ProjectReading): Promise<ReadProject> {
  const { source, admin } = reading;
  const log = new FieldLog();
  const path = `/projects/${encodeURIComponent(project.id)}/api-keys`;
  const list = { path, what: `keys of ${project.id}`, idField: 'api_key_id' };
  const listing = await listAdmin(list, { client: admin, log, note: reading.note });
  const keys = listing.items.map((item) => readKey(item, project, { ...reading, log }));
  const keyCount = countOf(listing);
  const [{ delivery, hosting }, tokens] = await Promise.all([
    readUse(admin, project.id, keyCount),
    readTokens(project, keys, reading),
  ]);
  const parts = new Map<string, Coverage>([
    ['keys', listCoverage({ source, part: list.what }, listing, log.problems())],
  ]);
  addUsage(parts, { source, part: 'delivery usage', project: project.id }, delivery);
  addUsage(parts, { source, part: 'hosting usage', project: project.id }, hosting);
  if (tokens !== undefined) parts.set('upload tokens', tokens.coverage);
  return {
    record: projectRecord(source, project, { keyCount, delivery: delivery.days, hosting: hosting.days }),
    keys: [...keys, ...(tokens?.keys ?? [])],
    parts,
  };
}

async function readUse(
  admin: ApiClient,
  project: string,
  keyCount: Fact<number>,
): Promise<{ delivery: UsageReading; hosting: UsageReading }> {
  const delivery = await readDelivery(admin, project, keyCount);
  return { delivery, hosting: await readHosting(admin, project, delivery) };
}

const countOf = (listing: IdentifiedListing): Fact<number> =>
  listing.failure === undefined && listing.lost === 0 && !isUnsteady(listing)
    ? known(listing.items.length)
    : unknown('the list of its keys could not be read whole');

function addUsage(
  parts: Map<string, Coverage>,
  { source, part, project }: { source: SourceId; part: string; project: string },
  { asked, failure }: UsageReading,
): void {
  if (!asked) return;
  const entry = { source, part: `${part} of ${project}` };
  const complete: Coverage = { ...entry, kind: 'vendor', status: 'complete', expected: 1, seen: 1 };
  parts.set(part, failure === undefined ? complete : failedPart(entry, failure));
}

async function readTokens(
  project: Project,
  keys: readonly ReadKey[],
  reading: ProjectReading,
): Promise<{ keys: readonly ReadKey[]; coverage: Coverage } | undefined> {
  if (reading.videoWith === undefined) return undefined;
  const entry = { source: reading.source, part: `upload tokens of ${project.id}` };
  const secret = keys.find((key) => key.secret !== undefined)?.secret;
  if (secret === undefined) return { keys: [], coverage: failedPart(entry, noKeyToAskWith()) };
  const log = new FieldLog();
  const client = reading.videoWith(secret);
  const listing = await listUploadTokens(client, entry.part, { pepper: reading.pepper, log });
  const tokens = listing.items.map((token) => readUploadToken(token, project, { ...reading, log }));
  return { keys: tokens, coverage: listCoverage(entry, listing, log.problems()) };
}

/** Tokens outlive the key that made them, so a project without keys may have some. */
const noKeyToAskWith = (): ConfigError =>
  new ConfigError('no key of this project is known, and upload tokens can only be listed with one', {
    hint: 'Make a key for the project, delete the project, or turn `uploadTokens` off.',
  });

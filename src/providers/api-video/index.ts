import { keyId, type SourceId, sourceId } from '../../core/brand.js';
import type { Fingerprint } from '../../core/digest.js';
import { type Fact, isKnown, known, unknown } from '../../core/fact.js';
import type { KeyRecord } from '../../core/key.js';
import type { Secret } from '../../core/secret.js';
import { resolveCredential } from '../../credentials/resolve-credential.js';
import { ApiClient } from '../../http/api-client.js';
import type { Listing } from '../../http/paginate.js';
import { RATE_LIMITS } from '../../http/rate-limit.js';
import { defineProvider, type SourceContext, type SourceInventory } from '../define-provider.js';
import { FieldLog } from '../field-log.js';
import { keyRecord } from '../key-kind.js';
import { listCoverage, reasonOf } from '../list-coverage.js';
import { listAdmin } from './admin-api.js';
import { ADMIN_ADVICE, VIDEO_ADVICE } from './advice.js';
import { ADMIN_KEY, PROJECT_KEY, UPLOAD_TOKEN } from './kinds.js';
import { API_VIDEO, type Project, projectLabel, readProject } from './normalize.js';
import { type ReadProject, readWholeProject } from './read-project.js';
import { type ApiVideoSource, apiVideoSourceSchema } from './source.js';
import { sumCoverage } from './sum-coverage.js';

export const apiVideo = defineProvider({
  vendor: 'api-video',
  title: 'api.video',
  sourceSchema: apiVideoSourceSchema,
  kinds: [PROJECT_KEY, ADMIN_KEY, UPLOAD_TOKEN],
  collect,
});

async function collect(source: ApiVideoSource, ctx: SourceContext): Promise<SourceInventory> {
  const id = sourceId(source.id);
  const secret = await resolveCredential(source.credential, ctx.env, ctx);
  const admin = adminClient(source, secret, ctx);
  const log = new FieldLog();
  const note = (message: string): void => ctx.progress.note(`${source.id}: ${message}`);
  const list = { path: '/projects', what: 'the list of projects', idField: 'project_id' };
  const listing = await listAdmin(list, { client: admin, log, note });
  const projects = listing.items.map((item) => readProject(item, log));
  note(`${projects.length} projects`);
  const videoWith = source.uploadTokens ? videoClients(source, secret, ctx) : undefined;
  const reading = { source: id, pepper: ctx.pepper, nowMs: ctx.clock.now(), admin, note, videoWith };
  const tell = everyFiftieth(projects.length, note);
  const read = await Promise.all(projects.map((project) => readWholeProject(project, reading).then(tell)));
  const adminKey = adminRecord(id, { listing, projects, fingerprint: secret.fingerprint(ctx.pepper) });
  return {
    keys: [adminKey, ...read.flatMap(({ keys }) => keys.map(({ key }) => key))],
    projects: read.map(({ record }) => record),
    coverage: [
      listCoverage({ source: id, part: 'projects' }, listing, log.problems()),
      ...sumCoverage(id, read),
    ],
    values: [{ ref: adminKey, secret }, ...read.flatMap(valuesOf)],
  };
}

/** A thousand projects take minutes: people who wait want to see that it goes on. */
function everyFiftieth(total: number, note: (message: string) => void): <T>(result: T) => T {
  let done = 0;
  return (result) => {
    done += 1;
    if (done % 50 === 0 && done < total) note(`${done} of ${total} projects read`);
    return result;
  };
}

const valuesOf = ({ keys }: ReadProject): SourceInventory['values'] =>
  keys.flatMap(({ key, secret }) => (secret === undefined ? [] : [{ ref: key, secret }]));

function adminClient(source: ApiVideoSource, secret: Secret, { session, traffic }: SourceContext): ApiClient {
  return new ApiClient({
    session,
    traffic,
    baseUrl: source.baseUrl,
    authorization: { scheme: 'basic', secret },
    limit: RATE_LIMITS.apiVideoAdmin,
    advice: ADMIN_ADVICE,
  });
}

/** All projects' keys count against one limit, the account's: nobody documents that they have one each. */
function videoClients(source: ApiVideoSource, account: Secret, { session, traffic }: SourceContext) {
  return (secret: Secret): ApiClient =>
    new ApiClient({
      session,
      traffic,
      baseUrl: source.videoBaseUrl,
      authorization: { scheme: 'basic', secret },
      account,
      limit: RATE_LIMITS.apiVideo,
      advice: VIDEO_ADVICE,
    });
}

interface AdminFindings {
  readonly listing: Listing<unknown>;
  readonly projects: readonly Project[];
  readonly fingerprint: Fingerprint;
}

/** The key that the audit itself uses: it lists every other one, so it is judged like them. */
function adminRecord(source: SourceId, { listing, projects, fingerprint }: AdminFindings): KeyRecord {
  const { failure } = listing;
  const reaches: Fact<readonly string[]> =
    failure === undefined && projects.every(({ name }) => isKnown(name))
      ? known(projects.map((project) => projectLabel(project).name))
      : unknown('the list of projects could not be read whole');
  return keyRecord(ADMIN_KEY, {
    source,
    id: keyId('admin-key'),
    vendor: API_VIDEO,
    usedByAudit: true,
    declared: undefined,
    facts: {
      access: known('write'),
      anyAddress: known(true),
      live: failure === undefined || listing.items.length > 0 ? known(true) : unknown(reasonOf(failure)),
      reaches,
      fingerprint: known(fingerprint),
    },
  });
}

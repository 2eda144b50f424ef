import { type SourceId, sourceId } from '../../core/brand.js';
import type { Secret } from '../../core/secret.js';
import { resolveCredential } from '../../credentials/resolve-credential.js';
import { ApiClient } from '../../http/api-client.js';
import { urlBelow } from '../../http/base-url.js';
import type { Advice } from '../../http/http-error.js';
import { type Page, paginate } from '../../http/paginate.js';
import { RATE_LIMITS } from '../../http/rate-limit.js';
import { defineProvider, type SourceContext, type SourceInventory } from '../define-provider.js';
import { FieldLog, idSchema } from '../field-log.js';
import { listCoverage } from '../list-coverage.js';
import { listSteadily } from '../list-steadily.js';
import { checkAnswer, type Identified, type IdentifiedListing, identified } from '../read-page.js';
import { markAuditKey } from './audit-key.js';
import { VIDBEO_KEY, VIDBEO_OTHER_KEY } from './kinds.js';
import { readKey } from './normalize.js';
import { keyListSchema, linksSchema } from './schema.js';
import { type VidbeoSource, vidbeoSourceSchema } from './source.js';

/** The only page size that the vendor's documentation shows. */
const PAGE_SIZE = 25;

const ADVICE: Advice = {
  unauthorised: "The key is wrong or was deleted. Check the source's `credential`.",
  forbidden:
    'Vidbeo answers 403 for a key that is invalid, that lacks the right "fetch", or that may not be used from this address: look at its `permissions` and `ips` in the dashboard.',
  'rate-limited': 'Vidbeo is under load, or something else uses the account; run the audit again later.',
};

export const vidbeo = defineProvider({
  vendor: 'vidbeo',
  title: 'Vidbeo',
  sourceSchema: vidbeoSourceSchema,
  kinds: [VIDBEO_KEY, VIDBEO_OTHER_KEY],
  collect,
});

async function collect(source: VidbeoSource, ctx: SourceContext): Promise<SourceInventory> {
  const id: SourceId = sourceId(source.id);
  const secret = await resolveCredential(source.credential, ctx.env, ctx);
  const log = new FieldLog();
  const note = (message: string): void => ctx.progress.note(`${source.id}: ${message}`);
  const listing = await listKeys(clientFor(source, secret, ctx), note);
  if (listing.lost > 0) log.count('no usable `id`', listing.lost);
  note(`${listing.items.length} keys`);
  const keys = listing.items.map((item) => readKey(item, id, log));
  const marked = markAuditKey(keys, {
    source: id,
    secret,
    auditKeyId: source.auditKeyId,
    pepper: ctx.pepper,
    listing,
  });
  return {
    keys: marked.keys,
    projects: [],
    coverage: [listCoverage({ source: id, part: 'keys' }, listing, [...log.problems(), ...marked.problems])],
    values: [{ ref: marked.auditKey, secret }],
  };
}

function clientFor(source: VidbeoSource, secret: Secret, { session, traffic }: SourceContext): ApiClient {
  return new ApiClient({
    session,
    traffic,
    baseUrl: source.baseUrl,
    authorization: { scheme: 'bearer', secret },
    limit: RATE_LIMITS.vidbeo,
    advice: ADVICE,
  });
}

async function listKeys(client: ApiClient, note: (message: string) => void): Promise<IdentifiedListing> {
  const what = 'the list of keys';
  const first = urlBelow(client.baseUrl, '/keys', { limit: String(PAGE_SIZE) });
  const listOnce = async (): Promise<IdentifiedListing> => {
    let lost = 0;
    const read = (url: URL, page: string): Promise<Page<Identified>> =>
      readPage(client, { url, what: page, onLost: () => (lost += 1) });
    const listing = await paginate({
      first,
      what,
      read,
      take: (count, page) => client.takeRecords(count, page),
      idOf: (item) => item.id,
    });
    return { ...listing, lost };
  };
  return listSteadily(listOnce, () => note(`${what} changed while it was read; reading it again`));
}

async function readPage(client: ApiClient, { url, what, onLost }: PageRequest): Promise<Page<Identified>> {
  const answer = await client.get(url, what);
  const links = linksSchema.safeParse(answer);
  return {
    items: identified(checkAnswer(answer, keyListSchema, what).result, idOf, onLost),
    next: links.data?.links.next,
    ...(links.success ? {} : { problem: '`links` is missing or not as documented, so more keys may follow' }),
  };
}

interface PageRequest {
  readonly url: URL;
  readonly what: string;
  readonly onLost: () => void;
}

function idOf(record: Readonly<Record<string, unknown>>): string | undefined {
  const parsed = idSchema.safeParse(record['id']);
  return parsed.success ? parsed.data : undefined;
}

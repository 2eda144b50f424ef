import { z } from 'zod';
import { keyId, type SourceId } from '../../core/brand.js';
import { type Fact, known, mapFact } from '../../core/fact.js';
import { type Instant, instantToMs } from '../../core/instant.js';
import type { KeyRecord } from '../../core/key.js';
import { Secret } from '../../core/secret.js';
import type { ApiClient } from '../../http/api-client.js';
import { urlBelow } from '../../http/base-url.js';
import { type Listing, type Page, paginate } from '../../http/paginate.js';
import { type FieldLog, instantSchema, keyValueSchema, type RawRecord } from '../field-log.js';
import { keyRecord } from '../key-kind.js';
import { checkAnswer, type Identified, identified } from '../read-page.js';
import { UPLOAD_TOKEN } from './kinds.js';
import { API_VIDEO, type Project, projectLabel, type ReadKey } from './normalize.js';
import { videoPageSchema } from './schema.js';

/** The most that the Video API allows. */
const PAGE_SIZE = 100;

/** A listed token: its id is made of its fingerprint, because the vendor gives it no other name than itself. */
export interface ListedToken extends Identified {
  readonly secret: Secret;
}

interface TokenReading {
  readonly source: SourceId;
  readonly pepper: Secret | undefined;
  readonly log: FieldLog;
  /** Milliseconds since 1970: which tokens have expired. */
  readonly nowMs: number;
}

/** Lists a project's upload tokens, with the project's own key. */
export function listUploadTokens(
  client: ApiClient,
  what: string,
  { pepper, log }: Pick<TokenReading, 'pepper' | 'log'>,
): Promise<Listing<ListedToken>> {
  const read = async (url: URL, page: string): Promise<Page<ListedToken>> => {
    const answer = checkAnswer(await client.get(url, page), videoPageSchema, page);
    const total = answer.pagination.itemsTotal;
    return {
      items: readTokens(answer.data, pepper, () => log.count('no usable `token`')),
      next: answer.pagination.links.find((link) => link.rel === 'next')?.uri,
      ...(total === undefined ? {} : { total }),
    };
  };
  const query = { currentPage: '1', pageSize: String(PAGE_SIZE), sortBy: 'createdAt', sortOrder: 'asc' };
  const first = urlBelow(client.baseUrl, '/upload-tokens', query);
  return paginate({
    first,
    what,
    read,
    take: (count, page) => client.takeRecords(count, page),
    idOf: (item) => item.id,
  });
}

function readTokens(data: readonly unknown[], pepper: Secret | undefined, onLost: () => void): ListedToken[] {
  const secretOf = (record: RawRecord): Secret | undefined => {
    const value = keyValueSchema.safeParse(record['token']);
    return value.success ? Secret.of(value.data) : undefined;
  };
  const idOf = (record: RawRecord): string | undefined => {
    const digest = secretOf(record)?.fingerprint(pepper).split(':')[2];
    return digest === undefined ? undefined : `upload-token-${digest.slice(0, 12)}`;
  };
  return identified(data, idOf, onLost).flatMap((item) => {
    const secret = secretOf(item.record);
    return secret === undefined ? [] : [{ ...item, secret }];
  });
}

export function readUploadToken(token: ListedToken, project: Project, reading: TokenReading): ReadKey {
  const { source, pepper, log, nowMs } = reading;
  const expiresAt = readExpiry(token.record, log);
  const key: KeyRecord = keyRecord(UPLOAD_TOKEN, {
    source,
    id: keyId(token.id),
    vendor: API_VIDEO,
    usedByAudit: false,
    declared: undefined,
    facts: {
      project: known(projectLabel(project)),
      createdAt: log.read(token.record, 'createdAt', instantSchema),
      expiresAt,
      access: known('write'),
      anyAddress: known(true),
      live: mapFact(expiresAt, (expiry) => expiry === 'never' || instantToMs(expiry) > nowMs),
      reaches: known([projectLabel(project).name]),
      fingerprint: known(token.secret.fingerprint(pepper)),
    },
  });
  return { key, secret: token.secret };
}

/** A `ttl` of 0 never ends, whatever `expiresAt` says; with another `ttl`, a missing date is not "never". */
function readExpiry(record: RawRecord, log: FieldLog): Fact<Instant | 'never'> {
  const ttl = log.read(record, 'ttl', z.number().int().nonnegative());
  if (ttl.state !== 'known') return ttl;
  return ttl.value === 0 ? known('never') : log.read(record, 'expiresAt', instantSchema);
}

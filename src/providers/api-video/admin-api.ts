import { z } from 'zod';
import type { ApiClient } from '../../http/api-client.js';
import { urlBelow } from '../../http/base-url.js';
import { HttpError } from '../../http/http-error.js';
import { type Page, paginate } from '../../http/paginate.js';
import { type FieldLog, idSchema } from '../field-log.js';
import { isUnsteady, listSteadily } from '../list-steadily.js';
import { checkAnswer, type Identified, type IdentifiedListing, identified } from '../read-page.js';
import { adminPageSchema } from './schema.js';

/** The most that the Admin API allows. */
const PAGE_SIZE = 100;

export interface AdminList {
  readonly path: string;
  readonly what: string;
  /** The field that holds a record's id. */
  readonly idField: string;
}

export interface AdminReading {
  readonly client: ApiClient;
  readonly log: FieldLog;
  readonly note: (message: string) => void;
}

/** Reads a whole list of the Admin API, oldest first, so that what is added meanwhile comes last; and proves that it is whole. */
export async function listAdmin(
  list: AdminList,
  { client, log, note }: AdminReading,
): Promise<IdentifiedListing> {
  const read = (): Promise<IdentifiedListing> => readOnce(list, client);
  const listing = await listSteadily(read, () =>
    note(`${list.what} changed while it was read; reading it again`),
  );
  if (listing.lost > 0) log.count(`no usable \`${list.idField}\``, listing.lost);
  return needsCount(listing) ? countedListing(listing, list, client) : listing;
}

async function readOnce(list: AdminList, client: ApiClient): Promise<IdentifiedListing> {
  const query = { page: '1', page_size: String(PAGE_SIZE), sort_by: 'created_at', sort_order: 'asc' };
  const idOf = (record: Readonly<Record<string, unknown>>): string | undefined =>
    idSchema.safeParse(record[list.idField]).data;
  let lost = 0;
  const read = async (url: URL, what: string): Promise<Page<Identified>> => {
    const page = checkAnswer(await client.get(url, what), adminPageSchema, what);
    const total = page.pagination?.item_count;
    return {
      items: identified(page.items, idOf, () => (lost += 1)),
      next: page.links.find((link) => link.rel === 'next')?.href,
      ...(total === undefined ? {} : { total }),
    };
  };
  const first = urlBelow(client.baseUrl, list.path, query);
  const listing = await paginate({
    first,
    what: list.what,
    read,
    take: (count, page) => client.takeRecords(count, page),
    idOf: (item) => item.id,
  });
  return { ...listing, lost };
}

/**
 * The vendor's guide and its description disagree on whether a page tells the total. One page that is not full proves itself;
 * for a longer list without a total, and for a total that disagrees with the list, the vendor's own count decides.
 */
function needsCount(listing: IdentifiedListing): boolean {
  if (listing.failure !== undefined) return false;
  const isLong = listing.items.length + listing.lost >= PAGE_SIZE;
  return listing.total === undefined ? isLong : isUnsteady(listing) && listing.lost === 0;
}

async function countedListing(
  listing: IdentifiedListing,
  list: AdminList,
  client: ApiClient,
): Promise<IdentifiedListing> {
  const what = `the count for ${list.what}`;
  try {
    const answer = await client.get(urlBelow(client.baseUrl, `${list.path}/count`), what);
    const { count } = checkAnswer(answer, z.object({ count: z.int().nonnegative() }), what);
    const isWhole = count === listing.items.length;
    return { ...listing, total: count, ...(isWhole ? { totalChanged: false, repeated: 0 } : {}) };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { ...listing, failure: error };
  }
}

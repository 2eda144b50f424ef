import type { ApiClient } from '../../http/api-client.js';
import { urlBelow } from '../../http/base-url.js';
import { type Listing, type Page, paginate } from '../../http/paginate.js';
import type { FieldLog } from '../field-log.js';
import { idSchema } from '../field-log.js';
import { checkAnswer, type Identified, identified } from '../read-page.js';
import { adminPageSchema } from './schema.js';

/** The most that the Admin API allows. */
const PAGE_SIZE = 100;

export interface AdminList {
  readonly path: string;
  readonly what: string;
  /** The field that holds a record's id. */
  readonly idField: string;
}

/** Reads a whole list of the Admin API, oldest first, so that what is added meanwhile comes last. */
export function listAdmin(client: ApiClient, list: AdminList, log: FieldLog): Promise<Listing<Identified>> {
  const query = { page: '1', page_size: String(PAGE_SIZE), sort_by: 'created_at', sort_order: 'asc' };
  const read = async (url: URL, what: string): Promise<Page<Identified>> => {
    const page = checkAnswer(await client.get(url, what), adminPageSchema, what);
    const next = page.links.find((link) => link.rel === 'next')?.href;
    const total = page.pagination?.item_count;
    return {
      items: identified(
        page.items,
        (record) => idIn(record[list.idField]),
        () => log.count(`no usable \`${list.idField}\``),
      ),
      next,
      ...(total === undefined ? {} : { total }),
    };
  };
  const first = urlBelow(client.baseUrl, list.path, query);
  return paginate({ first, what: list.what, read, idOf: (item) => item.id });
}

function idIn(value: unknown): string | undefined {
  const parsed = idSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

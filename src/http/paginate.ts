import { HttpError } from './http-error.js';

/** No account is that large: 10,000 pages of 100 records. */
const MAX_PAGES = 10_000;
/** A cursor may lead through pages of which everything was filtered out, but not for ever. */
const MAX_EMPTY_PAGES = 3;

export interface Page<T> {
  readonly items: readonly T[];
  /** The next page as the server names it (a URL or a path with its query); undefined on the last page. */
  readonly next: string | undefined;
  /** How many items the whole list has, where the server tells. */
  readonly total?: number;
  /** What is wrong with the page, so that it may not be the last one; its items count nevertheless. */
  readonly problem?: string;
}

export interface Listing<T> {
  /** Each id once, as it was first read. */
  readonly items: readonly T[];
  /** How many items came again under an id already read. */
  readonly repeated: number;
  readonly pages: number;
  /** The total as the last page that told one said. */
  readonly total: number | undefined;
  /** Two pages told different totals: the list changed while it was read. */
  readonly totalChanged: boolean;
  /** Why the list ended before its end; what was read until then stands in `items`. */
  readonly failure: HttpError | undefined;
}

export interface ListRequest<T> {
  readonly first: URL;
  /** What is listed, in words for people: `the list of projects`. */
  readonly what: string;
  readonly read: (url: URL, what: string) => Promise<Page<T>>;
  /** Told what each page brings. @throws HttpError when that is too much: the page does not count. */
  readonly take: (count: number, what: string) => void;
  readonly idOf: (item: T) => string;
}

/**
 * Reads a list to its end. A link to a next page may only change the query of the list's own address: it never leaves the
 * host, changes the scheme or leads into another list, and no page is read twice. Failures are data; interrupts are thrown.
 */
export async function paginate<T>(request: ListRequest<T>): Promise<Listing<T>> {
  const { first, what } = request;
  const progress = new ListProgress<T>(request.idOf);
  let url = first;
  for (;;) {
    progress.addresses.add(url.href);
    const page = await readPage(request, url, `${what}, page ${progress.addresses.size}`);
    if (page instanceof HttpError) return progress.listing(page);
    const found = progress.add(page) ?? page.problem;
    if (found !== undefined) return progress.listing(broken(what, found));
    if (page.next === undefined) return progress.listing();
    const next = nextUrl(page.next, first, url);
    const wrong = typeof next === 'string' ? next : progress.refusal(next);
    if (wrong !== undefined) return progress.listing(broken(what, wrong));
    if (typeof next !== 'string') url = next;
  }
}

class ListProgress<T> {
  readonly addresses = new Set<string>();
  readonly #items = new Map<string, T>();
  readonly #totals = new Set<number>();
  readonly #idOf: (item: T) => string;
  #repeated = 0;
  #emptyPages = 0;
  #lastTotal: number | undefined;

  constructor(idOf: (item: T) => string) {
    this.#idOf = idOf;
  }

  /** Takes a page in; answers what is wrong when it brings nothing new. */
  add(page: Page<T>): string | undefined {
    if (page.total !== undefined) {
      this.#lastTotal = page.total;
      this.#totals.add(page.total);
    }
    const before = this.#items.size;
    for (const item of page.items) {
      const id = this.#idOf(item);
      if (this.#items.has(id)) this.#repeated += 1;
      else this.#items.set(id, item);
    }
    if (page.items.length === 0) this.#emptyPages += 1;
    else if (this.#items.size === before) return `page ${this.addresses.size} repeats what was read before`;
    return undefined;
  }

  /** Why a next page is not read; undefined when it may be. */
  refusal(next: URL): string | undefined {
    if (this.addresses.has(next.href)) return `page ${this.addresses.size} leads back to a page already read`;
    if (this.#emptyPages > MAX_EMPTY_PAGES) return `more than ${MAX_EMPTY_PAGES} empty pages`;
    return this.addresses.size >= MAX_PAGES ? `more than ${MAX_PAGES} pages` : undefined;
  }

  listing(failure?: HttpError): Listing<T> {
    return {
      items: [...this.#items.values()],
      repeated: this.#repeated,
      pages: this.addresses.size,
      total: this.#lastTotal,
      totalChanged: this.#totals.size > 1,
      failure,
    };
  }
}

async function readPage<T>(
  { read, take }: Pick<ListRequest<T>, 'read' | 'take'>,
  url: URL,
  what: string,
): Promise<Page<T> | HttpError> {
  try {
    const page = await read(url, what);
    take(page.items.length, what);
    return page;
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
}

/** The next page's address, or what is wrong with it. */
function nextUrl(link: string, first: URL, current: URL): URL | string {
  if (link.length > 4000 || !URL.canParse(link, current.href))
    return 'a next page is named that has no address';
  const url = new URL(link, current.href);
  if (url.protocol !== first.protocol) return 'a next page is named with another scheme';
  if (url.origin !== first.origin) return 'a next page is named on another host';
  if (url.username !== '' || url.password !== '')
    return 'a next page is named with a user name in its address';
  // Paths are relative to the API's base, which a gateway may have moved below a path of its own.
  if (url.pathname !== first.pathname && !first.pathname.endsWith(url.pathname))
    return 'a next page is named that belongs to another list';
  const next = new URL(first.href);
  next.search = url.search;
  return next;
}

const broken = (what: string, found: string): HttpError =>
  new HttpError(
    { kind: 'malformed', what, found },
    {
      malformed: 'What was read so far is used; the rest of the list is not known. Report it to the vendor.',
    },
  );

import type { Octokit } from 'octokit';
import { statusOf } from './failure-reason.js';
import { GithubFault } from './github-fault.js';
import { headerOf } from './header-of.js';
import { isEtag, type KeptAnswers, type KeptPage, NOTHING_KEPT } from './kept-answers.js';

/** A list of GitHub's API. */
export interface List {
  /** Path and query of its first page, below the API's address. */
  readonly url: string;
  /** Where an answer is an object, the field that holds the items. */
  readonly field?: string;
  /** The answer is the one item itself. */
  readonly single?: true;
}

export interface ListContext {
  readonly octokit: Octokit;
  readonly kept: KeptAnswers;
  /** See {@link KeptPage.under}. */
  readonly under: string;
}

/** A page that was read before and is the same, or its items. */
export type Page =
  | { readonly unchanged: KeptPage }
  | {
      readonly items: readonly unknown[];
      /** GitHub left out what the single sign-on of some organization guards. */
      readonly isPartial: boolean;
      /** Says that the page needs no reading again while it is the same. */
      readonly settle: (found: Pick<KeptPage, 'seen' | 'items'>) => void;
    };

/** More than any list has; one that goes on is a loop. */
const MAX_PAGES = 2_000;
const PAGE_SIZE = 100;

/** A list's first page, of 100 items. */
export const listUrl = (path: string, query: Readonly<Record<string, string>> = {}): string =>
  `${path}?${new URLSearchParams({ per_page: String(PAGE_SIZE), ...query }).toString()}`;

const pageSizeOf = (url: string): number =>
  Number(new URL(url, 'https://github.invalid').searchParams.get('per_page') ?? PAGE_SIZE);

/**
 * Reads a list, page after page. Of a page that an earlier run kept, GitHub is asked only whether it is the same: an answer
 * of yes has no body and does not count against the limit.
 * @throws GithubFault for what is no list, or has no end.
 */
export async function* listPages(list: List, ctx: ListContext): AsyncGenerator<Page> {
  let url: string | null = list.url;
  for (let count = 0; url !== null; count += 1) {
    if (count === MAX_PAGES) throw new GithubFault('endless');
    const { page, next } = await readPage({ ...list, url }, ctx);
    yield page;
    // Octokit throws what no caller can tell from a bug when it is given no address.
    if (next !== null && !hasAddress(next)) throw new GithubFault('malformed');
    url = next;
  }
}

/** The items of a list, whatever earlier runs read of it. */
export async function* listItems(list: List, octokit: Octokit): AsyncGenerator<unknown> {
  for await (const page of listPages(list, { octokit, kept: NOTHING_KEPT, under: '' })) {
    if ('items' in page) yield* page.items;
  }
}

/** Octokit completes what is not whole with `http:`, we with `https:`; `https:x` is whole for one and not for the other. */
const hasAddress = (next: string): boolean =>
  ['http://github.invalid', 'https://github.invalid'].every((base) => URL.canParse(next, base));

interface ReadPage {
  readonly page: Page;
  readonly next: string | null;
}

async function readPage(list: List, ctx: ListContext): Promise<ReadPage> {
  const { octokit, kept, under } = ctx;
  const { url } = list;
  const before = kept.recall(url, under);
  const isSame = before !== undefined && kept.isConfirmed(url);
  const answer = isSame ? 'unchanged' : await ask(octokit, url, before);
  if (answer === 'unchanged' && before !== undefined)
    return { page: { unchanged: before }, next: before.next };
  if (answer === 'unchanged') throw new GithubFault('malformed');
  const items = itemsOf(answer.data, list);
  const next = nextOf(answer.headers['link']);
  const { etag } = answer.headers;
  const isPartial = headerOf(answer.headers, 'x-github-sso')?.startsWith('partial-results') === true;
  const settle = (found: Pick<KeptPage, 'seen' | 'items'>): void => {
    // A full last page stays the same when a page is added behind it.
    const mayGrow = next === null && items.length >= pageSizeOf(url);
    if (isEtag(etag) && !mayGrow && !isPartial) kept.keep(url, { ...found, etag, next, under });
  };
  return { page: { items, isPartial, settle }, next };
}

interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks GitHub whether a page is what it was. */
export const isUnchanged = async (octokit: Octokit, url: string, before: KeptPage): Promise<boolean> =>
  (await ask(octokit, url, before)) === 'unchanged';

async function ask(
  octokit: Octokit,
  url: string,
  before: KeptPage | undefined,
): Promise<Answer | 'unchanged'> {
  try {
    const headers = before === undefined ? {} : { 'if-none-match': before.etag };
    const { data, headers: given } = await octokit.request(`GET ${url}`, { headers });
    return { data, headers: given };
  } catch (error) {
    if (before !== undefined && statusOf(error) === 304) return 'unchanged';
    throw error;
  }
}

function itemsOf(data: unknown, { field, single }: List): readonly unknown[] {
  if (single === true) return [data];
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const items: unknown = field === undefined ? data : entries.find(([name]) => name === field)?.[1];
  if (!Array.isArray(items)) throw new GithubFault('malformed');
  if (items.length > PAGE_SIZE) throw new GithubFault('too-large');
  return items;
}

/** The address behind `rel="next"` of a `Link` header (RFC 8288). Where it leads is checked before it is asked. */
function nextOf(link: unknown): string | null {
  if (typeof link !== 'string') return null;
  for (const part of link.slice(0, 20_000).split(',')) {
    const [target = '', ...params] = part.split(';').map((text) => text.trim());
    const isNext = params.some((param) => param === 'rel="next"' || param === 'rel=next');
    if (isNext && target.startsWith('<') && target.endsWith('>')) return target.slice(1, -1);
  }
  return null;
}

import { GithubFault } from './github-fault.js';

/** More than any list has; one that goes on is a loop. */
const MAX_PAGES = 2_000;

/** The items of a list, page after page. @throws GithubFault for what is no list, or has no end. */
export async function* readItems(pages: AsyncIterable<{ readonly data: unknown }>): AsyncGenerator<unknown> {
  let count = 0;
  for await (const { data } of pages) {
    count += 1;
    if (!Array.isArray(data)) throw new GithubFault('malformed');
    if (count > MAX_PAGES) throw new GithubFault('endless');
    yield* data as unknown[];
  }
}

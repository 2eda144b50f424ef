import type { Draft } from './conversation-kinds.js';
import type { GithubContext } from './github-context.js';
import type { ListContext } from './list-pages.js';

/** What reading texts needs. */
export interface TextAsking extends ListContext {
  readonly ctx: GithubContext;
  /** Reads a file at an address of the API that leads elsewhere. */
  readonly download: (url: string) => Promise<string>;
}

/** One kind of texts around one repository or organization. */
export interface TextPart {
  /** As coverage calls it. */
  readonly part: string;
  readonly batches: (asking: TextAsking) => AsyncIterable<TextBatch>;
  /** Which right it needs, where GitHub's answers do not tell. */
  readonly right?: string | undefined;
  /** 410 means that there are none, not that they are hidden. */
  readonly goneIsNone?: true | undefined;
  /** Parts without which there is nothing in this one. */
  readonly below?: readonly string[] | undefined;
}

/** Texts that came together, or how many of them are the same as in an earlier run, which found nothing in them. */
export type TextBatch =
  | { readonly unchanged: number }
  | {
      /** What cannot be read is undefined. */
      readonly drafts: readonly (Draft | undefined)[];
      /** To be called when all of them were looked through, and nothing was found. */
      readonly settle?: () => void;
    };

export interface RepositoryAt {
  readonly owner: string;
  readonly repo: string;
  /** In the API: `/repos/owner/name`. */
  readonly path: string;
}

import type { Octokit } from 'octokit';
import type { ConversationText } from '../core/conversation-text.js';
import type { Coverage } from '../core/coverage.js';
import { parseInstant } from '../core/instant.js';
import type { Secret } from '../core/secret.js';
import { CONVERSATION_KINDS, type ConversationKind, type Draft } from './conversation-kinds.js';
import { failureReason, statusOf } from './failure-reason.js';
import { ORGANIZATION_KINDS } from './organization-kinds.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { GithubEntry } from './github-entry.js';
import type { RemoteRepository } from './remote-repository.js';

export interface ConversationsRequest {
  readonly entry: GithubEntry;
  readonly token: Secret | undefined;
  readonly repositories: readonly RemoteRepository[];
  /** Whose own texts are wanted as well, by name. */
  readonly organizations?: readonly string[];
  readonly retryUnitMs?: number;
}

export interface Conversations {
  /** To be read once, and to its end. */
  readonly texts: AsyncIterable<ConversationText>;
  /** Whole when `texts` has ended: one entry for each repository or organization, and kind. */
  readonly coverage: () => readonly Coverage[];
}

/**
 * The texts around repositories, one request after another and a page at a time. A list that fails is told by its coverage;
 * the others go on. Reading throws `signal.reason` when that is aborted.
 */
export function readConversations(request: ConversationsRequest, ctx: GithubContext): Conversations {
  const { entry, token } = request;
  const outcomes: Outcome[] = [];
  async function* texts(): AsyncGenerator<ConversationText> {
    const octokit = githubClient({ ...request, apiUrl: entry.apiUrl, token }, ctx);
    for (const list of listsOf(request)) {
      ctx.progress.detail(`reading the texts around ${list.about.name}`);
      const outcome: Outcome = { list, seen: 0, unreadable: 0, failure: undefined };
      outcomes.push(outcome);
      yield* oneList(octokit, outcome, ctx);
    }
  }
  return { texts: texts(), coverage: () => outcomes.map(coverageOf) };
}

/** One list to read, of one repository or organization. */
interface TextList extends Pick<ConversationKind, 'part' | 'goneIsNone'> {
  readonly about: Pick<RemoteRepository, 'name' | 'visibility' | 'webUrl'>;
  readonly drafts: (octokit: Octokit) => AsyncIterable<Draft | undefined>;
}

function listsOf({ entry, repositories, organizations = [] }: ConversationsRequest): readonly TextList[] {
  const around = repositories
    .filter(({ kind }) => kind === 'repository')
    .flatMap((about) => {
      const [owner = '', repo = ''] = about.name.split('/');
      return CONVERSATION_KINDS.filter((kind) => kind.isWanted(entry.include)).map((kind) => ({
        ...kind,
        about,
        drafts: (octokit: Octokit) => kind.drafts(octokit, { owner, repo }),
      }));
    });
  const own = organizations.flatMap((name) =>
    ORGANIZATION_KINDS.filter((kind) => kind.isWanted(entry.include)).map(({ part, drafts }) => ({
      part,
      about: { name, visibility: 'private', webUrl: undefined } as const,
      drafts: (octokit: Octokit) => drafts(octokit, name),
    })),
  );
  return [...around, ...own];
}

interface Outcome {
  readonly list: TextList;
  seen: number;
  unreadable: number;
  failure: string | undefined;
}

async function* oneList(
  octokit: Octokit,
  outcome: Outcome,
  { signal }: Pick<GithubContext, 'signal'>,
): AsyncGenerator<ConversationText> {
  const { about, goneIsNone, drafts } = outcome.list;
  try {
    for await (const draft of drafts(octokit)) {
      if (draft === undefined) outcome.unreadable += 1;
      else {
        outcome.seen += 1;
        yield textOf(draft, about);
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    const isNone = goneIsNone === true && statusOf(error) === 410;
    if (!isNone) outcome.failure = failureReason(error);
  }
}

function textOf(
  { label, text, url, createdAt }: Draft,
  { name, visibility, webUrl }: TextList['about'],
): ConversationText {
  return {
    repository: name,
    visibility,
    label,
    text,
    // Only where it leads to the repository itself, and nowhere else.
    url: url !== undefined && isBelow(webUrl, url) ? url : undefined,
    createdAt: createdAt === undefined ? undefined : parseInstant(createdAt),
  };
}

const isBelow = (webUrl: string | undefined, url: string): boolean =>
  webUrl !== undefined && url.length < 2_000 && url.startsWith(`${webUrl}/`);

function coverageOf(outcome: Outcome): Coverage {
  const { list, seen } = outcome;
  const base = {
    source: list.about.name,
    kind: 'repository',
    part: list.part,
    expected: undefined,
    seen,
  } as const;
  const reason = reasonOf(outcome);
  if (reason === undefined) return { ...base, status: 'complete' };
  return { ...base, status: seen === 0 ? 'failed' : 'partial', reason };
}

function reasonOf({ failure, unreadable }: Outcome): string | undefined {
  if (failure !== undefined) return failure;
  return unreadable === 0
    ? undefined
    : `${unreadable} of them could not be read: GitHub left out what they say`;
}

import type { ConversationText } from '../core/conversation-text.js';
import type { Coverage } from '../core/coverage.js';
import { parseInstant } from '../core/instant.js';
import { type AnswerBudget, renewBudget } from './answer-budget.js';
import { isSignedPart } from './activity.js';
import type { Activities } from './ask-activity.js';
import type { Draft } from './conversation-kinds.js';
import { downloader } from './download.js';
import { failureReason, statusOf } from './failure-reason.js';
import { GithubFault } from './github-fault.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { GithubEntry } from './github-entry.js';
import { type KeptAnswers, NOTHING_KEPT } from './kept-answers.js';
import { needsRight } from './missing-right.js';
import { keepSeal, recallSeal, type SealedList } from './list-seal.js';
import type { RemoteRepository } from './remote-repository.js';
import { type Tally, tallyText } from './tally.js';
import type { Token } from './token.js';
import type { TextAsking, TextBatch, TextPart } from './text-part.js';
import { type TextGroup, textGroups } from './text-parts.js';

export interface ConversationsRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly repositories: readonly RemoteRepository[];
  /** Whose own texts are wanted as well, by name. */
  readonly organizations?: readonly string[];
  /** What earlier runs kept. */
  readonly kept?: KeptAnswers;
  /** What GitHub told of the newest changes, before anything of them is read. */
  readonly activities?: Activities;
  readonly tally?: Tally | undefined;
  readonly retryUnitMs?: number;
  readonly budget?: AnswerBudget;
}

export interface Conversations {
  /**
   * To be read once, and to its end.
   * @param lookedFor what is looked for in them, as a digest: what an earlier run looked through for the same is not read again
   */
  readonly texts: (lookedFor: string) => AsyncIterable<ConversationText>;
  /** Whole when `texts` has ended: one entry for each repository or organization, and part. */
  readonly coverage: () => readonly Coverage[];
}

/**
 * The texts around repositories, one request after another and a page at a time. A list that fails is told by its coverage;
 * the others go on. Reading throws `signal.reason` when that is aborted.
 */
export function readConversations(request: ConversationsRequest, ctx: GithubContext): Conversations {
  const outcomes: Outcome[] = [];
  async function* texts(lookedFor: string): AsyncGenerator<ConversationText> {
    const { entry, token, kept = NOTHING_KEPT } = request;
    const octokit = githubClient({ ...request, apiUrl: entry.apiUrl, token, asksOnly: true }, ctx);
    const download = downloader({ apiUrl: entry.apiUrl, token }, ctx);
    const asking = { octokit, kept, under: lookedFor, ctx, download, tally: request.tally };
    const groups = textGroups(request);
    for (const [at, { about, parts }] of groups.entries()) {
      ctx.progress.detail(`reading the texts around ${about.name}, ${groups.length - at - 1} left`);
      const own: Outcome[] = [];
      for (const part of parts) {
        const outcome = outcomeOf(about, part);
        own.push(outcome);
        outcomes.push(outcome);
        if (!isKnownEmpty(part, own)) yield* sealedPart(asking, outcome, sealOf(request, outcome, lookedFor));
      }
      await kept.flush();
    }
    if (request.tally !== undefined)
      ctx.progress.note(`GitHub at ${new URL(entry.apiUrl).host}: ${tallyText(request.tally)}`);
  }
  return { texts, coverage: () => outcomes.map((outcome) => coverageOf(outcome, request)) };
}

/** Of whom texts are. */
type About = TextGroup['about'];

interface Outcome {
  readonly about: About;
  readonly part: TextPart;
  seen: number;
  unreadable: number;
  failure: string | undefined;
  /** Switched off, so that nothing was listed. */
  isNone: boolean;
  /** Nothing was found in it so far, and nothing of it was unreadable. */
  isClean: boolean;
}

const outcomeOf = (about: About, part: TextPart): Outcome => ({
  about,
  part,
  seen: 0,
  unreadable: 0,
  failure: undefined,
  isNone: false,
  isClean: true,
});

/** Undefined where nothing is known of its newest changes. */
function sealOf(
  { entry: { recheckDays }, activities }: ConversationsRequest,
  { about: { name }, part: { part } }: Outcome,
  under: string,
): SealedList | undefined {
  const sign = activities?.get(name)?.signs.get(part);
  return sign === undefined ? undefined : { name, part, sign, under, recheckDays };
}

/** A list that is what it was when it was read whole, and nothing found in it, is not asked for again. */
async function* sealedPart(
  asking: TextAsking & Pick<ConversationsRequest, 'tally'>,
  outcome: Outcome,
  list: SealedList | undefined,
): AsyncGenerator<ConversationText> {
  const { kept, ctx, tally } = asking;
  const sealed = list && recallSeal(list, { kept, nowMs: ctx.clock.now() });
  if (sealed !== undefined) {
    Object.assign(outcome, { seen: sealed.seen, isNone: sealed.isNone === true });
    if (tally !== undefined) tally.sealed += 1;
    return;
  }
  renewBudget(asking.octokit);
  yield* onePart(asking, outcome);
  const { seen, isNone, isClean, failure } = outcome;
  if (list === undefined || !isClean || failure !== undefined) return;
  keepSeal(list, { seen, ...(isNone ? { isNone } : {}) }, { kept, nowMs: ctx.clock.now() });
}

/** Where there is no issue and no pull request, there is no comment on any. */
function isKnownEmpty({ below = [] }: TextPart, own: readonly Outcome[]): boolean {
  const empty = own.filter(
    ({ seen, unreadable, failure, isNone }) => seen + unreadable === 0 && failure === undefined && !isNone,
  );
  return below.length > 0 && below.every((name) => empty.some(({ part }) => part.part === name));
}

async function* onePart(asking: TextAsking, outcome: Outcome): AsyncGenerator<ConversationText> {
  const { part } = outcome;
  try {
    for await (const batch of part.batches(asking)) yield* oneBatch(batch, outcome);
  } catch (error) {
    asking.ctx.signal.throwIfAborted();
    if (part.goneIsNone === true && statusOf(error) === 410) outcome.isNone = true;
    else outcome.failure = failureReason(error) + rightOf(part, error);
  }
}

const rightOf = ({ right }: TextPart, error: unknown): string =>
  right !== undefined && error instanceof GithubFault && error.kind === 'forbidden'
    ? `; ${needsRight(right)}`
    : '';

function* oneBatch(batch: TextBatch, outcome: Outcome): Generator<ConversationText> {
  if ('unchanged' in batch) {
    outcome.seen += batch.unchanged;
    return;
  }
  let isClean = true;
  const held = (): void => {
    isClean = false;
    outcome.isClean = false;
  };
  for (const draft of batch.drafts) {
    if (draft === undefined) {
      outcome.unreadable += 1;
      held();
    } else {
      outcome.seen += 1;
      yield { ...textOf(draft, outcome.about), held };
    }
  }
  // By now whoever reads the texts has looked at the last one.
  if (isClean) batch.settle?.();
}

function textOf({ label, text, url, createdAt }: Draft, about: About): ConversationText {
  const { name, visibility, fork, closedAt, webUrl } = about;
  return {
    repository: name,
    visibility,
    fork,
    closedAt,
    label,
    text,
    // Only where it leads to the repository itself, and nowhere else.
    url: url !== undefined && isBelow(webUrl, url) ? url : undefined,
    createdAt: createdAt === undefined ? undefined : parseInstant(createdAt),
  };
}

const isBelow = (webUrl: string | undefined, url: string): boolean =>
  webUrl !== undefined && url.length < 2_000 && url.startsWith(`${webUrl}/`);

function coverageOf(outcome: Outcome, request: ConversationsRequest): Coverage {
  const { about, part, seen } = outcome;
  const base = {
    source: about.name,
    kind: 'repository',
    part: part.part,
    expected: undefined,
    seen,
  } as const;
  const reason = reasonOf(outcome);
  if (reason === undefined) return { ...base, status: 'complete', ...howRead(part.part, request) };
  return { ...base, status: seen === 0 ? 'failed' : 'partial', reason };
}

/**
 * How a whole list was read. The same words whether this run read it or an earlier one, so that a result does not depend on what
 * was kept.
 */
function howRead(part: string, { entry, token }: ConversationsRequest): Pick<Coverage, 'reason'> {
  const { recheckDays } = entry;
  if (token === undefined || recheckDays === 0 || !isSignedPart(part)) return {};
  return {
    reason: `read again when GitHub tells a newer change or another number, and within ${recheckDays} days`,
  };
}

function reasonOf({ failure, unreadable }: Outcome): string | undefined {
  if (failure !== undefined) return failure;
  return unreadable === 0
    ? undefined
    : `${unreadable} of them could not be read: GitHub left out what they say`;
}

import {
  CONVERSATION_KINDS,
  type ConversationKind,
  ORGANIZATION_KINDS,
  PULLS,
} from './conversation-kinds.js';
import { discussions } from './discussions.js';
import type { GithubEntry } from './github-entry.js';
import { listPages } from './list-pages.js';
import type { RemoteRepository } from './remote-repository.js';
import { reviewsByGraphql, reviewsByRest } from './reviews.js';
import type { Token } from './token.js';
import type { RepositoryAt, TextAsking, TextBatch, TextPart } from './text-part.js';
import { workflowLogs } from './workflow-logs.js';

export interface TextsWanted {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly repositories: readonly RemoteRepository[];
  readonly organizations?: readonly string[];
}

/** All texts around one repository or organization, in the order in which they are to be read. */
export interface TextGroup {
  readonly about: Pick<RemoteRepository, 'name' | 'visibility' | 'fork' | 'closedAt' | 'webUrl'>;
  readonly parts: readonly TextPart[];
}

export function textGroups(wanted: TextsWanted): readonly TextGroup[] {
  const { entry, repositories, organizations = [] } = wanted;
  const around = repositories
    .filter(({ kind }) => kind === 'repository')
    .map((about) => ({ about, parts: partsOf(about, wanted) }));
  const own = organizations.map((name) => ({
    about: { name, visibility: 'private', fork: false, closedAt: undefined, webUrl: undefined } as const,
    parts: listedParts(ORGANIZATION_KINDS, entry, `/orgs/${name}`),
  }));
  return [...around, ...own].filter(({ parts }) => parts.length > 0);
}

function partsOf(about: RemoteRepository, { entry, token }: TextsWanted): readonly TextPart[] {
  const { include } = entry;
  const [owner = '', repo = ''] = about.name.split('/');
  const at: RepositoryAt = { owner, repo, path: `/repos/${owner}/${repo}` };
  const reviews = token === undefined ? reviewsByRest : reviewsByGraphql;
  return [
    ...listedParts(CONVERSATION_KINDS, entry, at.path),
    ...(include.pullRequests
      ? [
          {
            part: 'reviews',
            right: 'pull_requests: read',
            batches: (asking: TextAsking) => reviews(asking, at),
            below: [PULLS.part],
          },
        ]
      : []),
    ...(include.workflowLogDays > 0
      ? [
          {
            part: 'workflow logs',
            right: 'actions: read',
            batches: (asking: TextAsking) => workflowLogs(asking, at, include.workflowLogDays),
          },
        ]
      : []),
    ...(include.discussions && about.hasDiscussions
      ? [
          {
            part: 'discussions',
            right: 'discussions: read',
            batches: (asking: TextAsking) => discussions(asking, at),
          },
        ]
      : []),
  ];
}

const listedParts = (
  kinds: readonly ConversationKind[],
  { include }: GithubEntry,
  path: string,
): readonly TextPart[] =>
  kinds
    .filter(({ isWanted }) => isWanted(include))
    .map((kind) => ({
      part: kind.part,
      goneIsNone: kind.goneIsNone,
      below: kind.below,
      batches: (asking) => listed(kind, path, asking),
    }));

async function* listed(
  { list, draft }: ConversationKind,
  path: string,
  asking: TextAsking,
): AsyncGenerator<TextBatch> {
  for await (const page of listPages(list(path), asking)) {
    if ('unchanged' in page) {
      yield { unchanged: page.unchanged.seen };
      continue;
    }
    const drafts = page.items.map(draft).filter((item) => item !== 'elsewhere');
    yield { drafts, settle: () => page.settle({ seen: drafts.length }) };
  }
}

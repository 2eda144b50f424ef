import { z } from 'zod';
import type { Clock } from '../../core/run-context.js';
import type { Answer, Exchange } from '../server/exchange.js';
import { readJsonBody } from '../server/read-body.js';
import { type Asked, numberedTexts } from './github-conversations.js';
import { conditional, githubPage } from './github-page.js';

/** Documented: 65,536 characters of a body; JSON can write each with six. */
const MAX_CHARS = 65_536;
const MAX_BODY_BYTES = 6 * MAX_CHARS + 4_096;
/** Behind the numbers of all planned conversations. */
const FIRST_NUMBER = 5_001;

const written = z.object({
  title: z.string().min(1).max(256),
  body: z.string().max(MAX_CHARS).default(''),
  labels: z.array(z.string()).default([]),
});
const change = z.object({
  title: z.string().min(1).max(256).optional(),
  body: z.string().max(MAX_CHARS).optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.string().nullish(),
});

/** An issue that somebody opened while the sandbox ran. */
interface Issue extends z.output<typeof written> {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly user: object;
  readonly author_association: string;
}

/** The issues of all repositories: the planned ones, which are closed, and those that were opened since. */
export class IssueBoard {
  readonly #issues = new Map<string, Issue[]>();
  readonly #changes = new Map<string, readonly string[]>();
  readonly #clock: Pick<Clock, 'now'>;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** One time for each issue that was opened since: of the last change of any of them. @param name `owner/name` */
  changesOf(name: string): readonly string[] {
    return this.#changes.get(name) ?? [];
  }

  readonly list = (asked: Asked): Answer => {
    const state = asked.exchange.query.get('state') ?? 'open';
    const all = [...numberedTexts(asked), ...this.#of(asked)];
    const wanted = all.filter((issue) => state === 'all' || issue.state === state);
    return githubPage(asked.exchange, wanted);
  };

  readonly open = async (asked: Asked, login: string): Promise<Answer> => {
    const { data } = written.safeParse(await bodyOf(asked.exchange));
    if (data === undefined) return REFUSED;
    const own = this.#of(asked);
    const user = { login, type: 'User' };
    const issue: Issue = {
      ...data,
      number: FIRST_NUMBER + own.length,
      state: 'open',
      user,
      author_association: 'MEMBER',
    };
    own.push(issue);
    this.#changed(asked);
    return { status: 201, body: issue };
  };

  readonly change = async (asked: Asked): Promise<Answer> => {
    const { data } = change.safeParse(await bodyOf(asked.exchange));
    if (data === undefined) return REFUSED;
    const own = this.#of(asked);
    const at = own.findIndex(({ number }) => String(number) === asked.params.get('number'));
    const before = own[at];
    if (before === undefined) return { status: 404, body: { message: 'Not Found' } };
    const { title = before.title, body = before.body, state = before.state } = data;
    const after: Issue = { ...before, title, body, state };
    own[at] = after;
    this.#changed(asked);
    return conditional(asked.exchange, { status: 200, body: after });
  };

  #changed(asked: Asked): void {
    const at = new Date(this.#clock.now()).toISOString();
    const { owner, name } = asked.plan;
    this.#changes.set(
      `${owner}/${name}`,
      this.#of(asked).map(() => at),
    );
  }

  #of({ plan }: Asked): Issue[] {
    const name = `${plan.owner}/${plan.name}`;
    const own = this.#issues.get(name) ?? [];
    this.#issues.set(name, own);
    return own;
  }
}

const REFUSED: Answer = { status: 422, body: { message: 'Validation Failed' } };

const bodyOf = ({ request }: Exchange): Promise<unknown> => readJsonBody(request, MAX_BODY_BYTES);

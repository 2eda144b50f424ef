import { PEOPLE, type Person } from '../company/people.js';
import { drawBetween, drawInt, drawOne } from '../draw.js';
import type { RepositoryPlan } from '../git/plan.js';
import { REPOSITORY_PLANS } from '../git/repository-plans.js';
import { PLANTED_CONVERSATIONS } from './planted-conversations.js';

export type ConversationList =
  | 'issues'
  | 'comments'
  | 'pulls'
  | 'review-comments'
  | 'reviews'
  | 'commit-comments'
  | 'releases'
  | 'variables';

/** Something that people of the seeded company wrote around a repository. */
export interface Conversation {
  readonly repository: string;
  readonly list: ConversationList;
  /** Unique within the sandbox. */
  readonly id: number;
  /** Of the issue or pull request. */
  readonly number: number;
  /** An issue's or release's title, a variable's name. */
  readonly title: string;
  readonly body: string;
  readonly by: Person;
  readonly ageDays: number;
}

const SUBJECTS = [
  [
    'Player shows no poster',
    'Since the last release the poster is missing on slow lines. Steps: open any film, throttle, reload.',
  ],
  ['Captions overlap the controls', 'On small screens only.\n\n```\nviewport: 360x640\n```'],
  [
    'Where do keys come from?',
    'Please add to the README: `API_VIDEO_API_KEY=YOUR_API_KEY`, and whom to ask for it.',
  ],
  ['Uploads stop at 99 %', 'The last part answers 504. Retrying by hand helps.'],
  ['Dark mode', 'Would be nice to have.'],
] as const;
const ANSWERS = [
  'Confirmed, looking into it.',
  'Fixed by the change above.',
  'Cannot reproduce this, which browser?',
  'Thanks!',
];

/** Ordinary talk; no key in it. */
function talkAround(plan: RepositoryPlan, at: number): readonly Conversation[] {
  const count = plan.commits.length === 0 ? 0 : drawBetween(`issues of ${plan.name}`, 1, 4);
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((number) => {
    const seed = `${plan.name} issue ${number}`;
    const [title, body] = drawOne(seed, SUBJECTS);
    const ageDays = drawBetween(seed, 20, 600);
    const base = { repository: plan.name, number, title, ageDays, by: drawOne(`by ${seed}`, PEOPLE) };
    const id = (at + 1) * 1_000 + number * 10;
    const list = drawInt(`kind of ${seed}`, 3) === 0 ? 'pulls' : 'issues';
    return [
      { ...base, list, id, body },
      {
        ...base,
        list: 'comments',
        id: id + 1,
        body: drawOne(`answer ${seed}`, ANSWERS),
        ageDays: ageDays - 3,
      },
    ] as const;
  });
}

const planted = PLANTED_CONVERSATIONS.map(
  (leak, index): Conversation => ({ ...leak, id: 900_000 + index, by: drawOne(leak.value, PEOPLE) }),
);

export const CONVERSATIONS: readonly Conversation[] = [...REPOSITORY_PLANS.flatMap(talkAround), ...planted];

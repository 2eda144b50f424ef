import type { Team } from '../company/people.js';
import type { FillerSketch } from './filler.js';
import type { RepositoryPlan } from './plan.js';

export const ORGANIZATION = 'fjordlight';
/** Somebody of the company with a repository of their own. */
export const USER = 'ines-okafor';

export type RepositorySketch = FillerSketch &
  Pick<RepositoryPlan, 'owner' | 'visibility' | 'archived' | 'fork'> & { readonly empty: boolean };

type Marks = Partial<
  Pick<RepositorySketch, 'owner' | 'archived' | 'fork' | 'empty' | 'oldestDays' | 'newestDays'>
>;
type Row = readonly [
  name: string,
  team: Team,
  visibility: RepositoryPlan['visibility'],
  description: string,
  marks?: Marks,
];

const ROWS: readonly Row[] = [
  ['web-shop', 'team-commerce', 'private', 'The shop, its films and its basket'],
  ['checkout-ui', 'team-commerce', 'private', 'The payment form'],
  ['partner-feed', 'team-commerce', 'private', 'Films for resellers'],
  ['newsletter-builder', 'team-commerce', 'private', 'Builds the weekly mail'],
  ['spring-campaign', 'team-commerce', 'private', 'Spring 2024', { archived: true, newestDays: 600 }],
  ['ios-app', 'team-mobile', 'private', 'The app for iOS'],
  ['android-app', 'team-mobile', 'private', 'The app for Android'],
  ['store-kiosk', 'team-mobile', 'private', 'Screens in shops'],
  ['cms', 'team-content', 'private', 'Where articles are written'],
  ['press-room', 'team-content', 'internal', 'Footage for journalists'],
  ['academy', 'team-content', 'internal', 'Courses for customers'],
  ['live-studio', 'team-content', 'private', 'Launch events'],
  ['agency-handover', 'team-content', 'private', 'Notes for the agency', { archived: true, newestDays: 620 }],
  ['analytics-jobs', 'team-data', 'internal', 'Nightly figures'],
  ['recommender', 'team-data', 'private', 'What to watch next'],
  [
    'hackathon-2025',
    'team-data',
    'private',
    'Two days in May',
    { archived: true, oldestDays: 540, newestDays: 537 },
  ],
  ['media-pipeline', 'team-platform', 'private', 'Transcoding and thumbnails'],
  ['support-portal', 'team-platform', 'internal', 'Repair guides'],
  ['intranet', 'team-platform', 'private', 'All-hands recordings'],
  ['infra', 'team-platform', 'private', 'Machines and networks'],
  ['docs', 'team-platform', 'public', 'What we publish for developers'],
  ['design-tokens', 'team-platform', 'public', 'Colours, spaces, type'],
  ['player-demo', 'team-platform', 'public', 'Our player on one page'],
  [
    'video-player-kit',
    'team-platform',
    'public',
    'A fork of the kit that our player builds on',
    { fork: true },
  ],
  ['vr-training', 'team-xr', 'private', 'Safety training with headsets'],
  ['ar-showroom', 'team-xr', 'private', 'Furniture in the room'],
  ['vr-next', 'team-xr', 'private', 'Not begun yet', { empty: true }],
  ['dotfiles', 'team-mobile', 'public', 'My shell', { owner: USER, oldestDays: 800, newestDays: 40 }],
];

const ORDINARY = {
  owner: ORGANIZATION,
  archived: false,
  fork: false,
  empty: false,
  oldestDays: 1_200,
  newestDays: 4,
} as const;

export const REPOSITORY_SKETCHES: readonly RepositorySketch[] = ROWS.map(
  ([name, team, visibility, description, marks]) => ({
    ...ORDINARY,
    name,
    team,
    visibility,
    description,
    ...marks,
  }),
);

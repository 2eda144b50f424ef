import type { Instant } from '../../core/instant.js';
import { daysAgo } from '../as-of.js';
import { drawBase58Id, drawBetween } from '../draw.js';
import type { Team } from './people.js';
import { SYSTEMS } from './systems.js';

export type Environment = 'production' | 'staging';

/** A project at api.video. Minutes are those of an ordinary day. */
export interface SeededProject {
  readonly id: string;
  readonly name: string;
  /** Short and unique within the company; seeds and keys are named after it. */
  readonly slug: string;
  readonly team: Team;
  readonly purpose: string;
  readonly environment: Environment;
  readonly createdAt: Instant;
  readonly deletesAt: Instant | null;
  readonly deleted: boolean;
  readonly deliveredMinutes: number;
  readonly storedMinutes: number;
}

type Sketch = Pick<SeededProject, 'slug' | 'name' | 'team' | 'purpose' | 'environment'> &
  Partial<SeededProject>;

function project(sketch: Sketch): SeededProject {
  const { slug, environment } = sketch;
  const busy = environment === 'production' ? 4_000 : 40;
  return {
    id: `project_${drawBase58Id(`project ${slug}`)}`,
    createdAt: daysAgo(drawBetween(`project age ${slug}`, 1_150, 1_500), drawBetween(slug, 480, 1_080)),
    deletesAt: null,
    deleted: false,
    deliveredMinutes: drawBetween(`delivery ${slug}`, busy / 4, busy),
    storedMinutes: drawBetween(`hosting ${slug}`, 200, 9_000),
    ...sketch,
  };
}

const STAGED = 14;

const products = SYSTEMS.flatMap(({ id, title, team, purpose }, index) => {
  const production = project({
    slug: `${id}-prod`,
    name: `${title} production`,
    team,
    purpose,
    environment: 'production',
  });
  const staging = project({
    slug: `${id}-stage`,
    name: `${title} staging`,
    team,
    purpose,
    environment: 'staging',
  });
  return index < STAGED ? [production, staging] : [production];
});

const idle = { deliveredMinutes: 0, purpose: 'campaign footage', environment: 'production' } as const;

/** What gathers at the edges of every account: finished campaigns, trials, projects on their way out. */
const others = [
  project({ ...idle, slug: 'spring-2024', name: 'Spring campaign 2024', team: 'team-commerce' }),
  project({ ...idle, slug: 'fair-2025', name: 'Trade fair 2025', team: 'team-content' }),
  project({
    ...idle,
    slug: 'legacy-player',
    name: 'Legacy player',
    team: 'team-platform',
    deleted: true,
    deletesAt: daysAgo(-1),
  }),
  project({ ...idle, slug: 'kiosk-pilot', name: 'Kiosk pilot', team: 'team-mobile', deletesAt: daysAgo(-5) }),
  project({
    slug: 'brand-archive',
    name: 'Brand archive',
    team: 'team-content',
    purpose: 'old commercials',
    environment: 'production',
  }),
  project({ ...idle, slug: 'hackathon', name: 'Hackathon 2025', team: 'team-data', storedMinutes: 12 }),
  project({
    slug: 'partner-trial',
    name: 'Partner trial',
    team: 'team-commerce',
    purpose: 'reseller onboarding',
    environment: 'staging',
  }),
  project({
    slug: 'load-test',
    name: 'Load test',
    team: 'team-platform',
    purpose: 'player load tests',
    environment: 'staging',
  }),
  project({
    slug: 'ar-showroom',
    name: 'AR showroom',
    team: 'team-xr',
    purpose: 'furniture in the room',
    environment: 'production',
  }),
];

export const PROJECTS: readonly SeededProject[] = [...products, ...others];

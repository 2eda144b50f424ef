import { peopleOf, type Team } from '../company/people.js';
import { drawBetween, drawInt, drawOne } from '../draw.js';
import { type CommitPlan, MAIN } from './plan.js';

/** Whose repository it is, and how long it has been worked on. */
export interface FillerSketch {
  readonly name: string;
  readonly description: string;
  readonly team: Team;
  readonly oldestDays: number;
  readonly newestDays: number;
}

const MESSAGES = [
  'Wait for the first frame before showing controls',
  'Keep the caption choice between visits',
  'Retry a segment once before giving up',
  'Use the poster of the newest edit',
  'Drop the polyfill that no browser needs',
  'Sort films by date, then by title',
  'Say why a film cannot be shown',
  'Preload the next chapter on fast lines',
  'Fix the progress bar on right-to-left pages',
  'Move timeouts into one place',
  'Log the playback session, not the visitor',
  'Shorten the cold start',
];

const readme = ({ name, description }: FillerSketch): string =>
  `# ${name}\n\n${description}.\n\n## Running it\n\nCopy \`.env.example\` to \`.env\`, fill in what your team gave you, then:\n\n    npm ci\n    npm start\n`;

const ENV_EXAMPLE = 'API_VIDEO_API_KEY=YOUR_API_KEY\nVIDBEO_API_KEY=your_api_key_here\nPORT=8080\n';

const manifest = (name: string, version: number): string =>
  `${JSON.stringify({ name, version: `1.${version}.0`, private: true, type: 'module' }, null, 2)}\n`;

function moduleText(seed: string, step: number): string {
  const lines = Array.from({ length: 4 + step }, (_, index) => {
    const limit = drawBetween(`limit ${seed} ${index}`, 2, 900);
    return `export const step${index} = (value: number): number => Math.min(value, ${limit});`;
  });
  return `// Playback helpers of ${seed}.\n${lines.join('\n')}\n`;
}

/** Ordinary work: about a dozen commits on main that hold no key, only what should keep a scanner silent. */
export function fillerCommits(sketch: FillerSketch): readonly CommitPlan[] {
  const steps = drawBetween(`commits of ${sketch.name}`, 6, 12);
  const later = Array.from({ length: steps }, (_, index) => laterCommit(sketch, index + 1, steps));
  return [firstCommit(sketch), ...later];
}

const firstCommit = (sketch: FillerSketch): CommitPlan => ({
  id: `${sketch.name} start`,
  ref: MAIN,
  by: drawOne(`starter of ${sketch.name}`, peopleOf(sketch.team)),
  ageDays: sketch.oldestDays,
  message: `Start ${sketch.name}\n`,
  files: {
    'README.md': readme(sketch),
    '.env.example': ENV_EXAMPLE,
    'package.json': manifest(sketch.name, 0),
    'src/playback.ts': moduleText(sketch.name, 0),
  },
});

function laterCommit(
  { name, team, oldestDays, newestDays }: FillerSketch,
  step: number,
  steps: number,
): CommitPlan {
  const seed = `${name} ${step}`;
  return {
    id: seed,
    ref: MAIN,
    by: drawOne(`author of ${seed}`, peopleOf(team)),
    ageDays: oldestDays - Math.floor(((oldestDays - newestDays) * step) / steps),
    message: `${drawOne(`message of ${seed}`, MESSAGES)}\n`,
    files: {
      'src/playback.ts': moduleText(name, step),
      ...(drawInt(`release ${seed}`, 3) === 0 ? { 'package.json': manifest(name, step) } : {}),
    },
  };
}

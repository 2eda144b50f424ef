import { apiVideoKey } from '../company/api-video-keys.js';
import { peopleOf } from '../company/people.js';
import { vidbeoKey } from '../company/vidbeo-keys.js';
import { drawOne } from '../draw.js';
import { MAIN, type RepositoryPlan } from './plan.js';
import { ORGANIZATION, USER } from './repository-list.js';
import { REPOSITORY_PLANS } from './repository-plans.js';

/** Git repositories that GitHub keeps beside the listed ones, each with a key in it. */
export interface SidePlan extends RepositoryPlan {
  /** The name that an audit gives it. */
  readonly scannedAs: string;
  readonly value: string;
  readonly path: string;
}

export const GIST_ID = 'fa4e481700000000000000000000fa4e';
export const WIKI_OF = 'academy';

const beside = { description: '', archived: false, fork: false, tags: [] } as const;

function withFile(
  plan: Pick<SidePlan, 'owner' | 'name' | 'visibility' | 'scannedAs' | 'value' | 'path'>,
  ref: string,
  text: string,
): SidePlan {
  const by = drawOne(`writer of ${plan.name}`, peopleOf('team-content'));
  const commit = {
    id: plan.name,
    ref,
    by,
    ageDays: 33,
    message: `Write ${plan.path}\n`,
    files: { [plan.path]: text },
  };
  return { ...plan, ...beside, commits: [commit] };
}

const CAPTIONS = vidbeoKey('academy/captions').value;
const STAGE = apiVideoKey('ios-app-stage/backend').value;

export const SIDE_PLANS: readonly SidePlan[] = [
  withFile(
    {
      owner: ORGANIZATION,
      name: `${WIKI_OF}.wiki`,
      scannedAs: `${ORGANIZATION}/${WIKI_OF}.wiki`,
      visibility: 'internal',
      value: CAPTIONS,
      path: 'Captions.md',
    },
    'refs/heads/master',
    `# Captions\n\nSet \`VIDBEO_API_KEY=${CAPTIONS}\` before you run the script.\n`,
  ),
  withFile(
    {
      owner: 'gist',
      name: GIST_ID,
      scannedAs: `${USER}/gist-${GIST_ID}`,
      visibility: 'public',
      value: STAGE,
      path: 'upload.py',
    },
    MAIN,
    `from apivideo import AuthenticatedApiClient\n\nclient = AuthenticatedApiClient("${STAGE}")\n`,
  ),
];

/** Everything that is on the sandbox's disk and can be cloned. */
export const ALL_PLANS: readonly RepositoryPlan[] = [...REPOSITORY_PLANS, ...SIDE_PLANS];

import { apiVideoKey, type ApiVideoKey } from '../company/api-video-keys.js';
import { cognitive3dKey } from '../company/cognitive3d-keys.js';
import { peopleOf, type Person } from '../company/people.js';
import { VIDEO_SOURCE, XR_SOURCE } from '../company/source-ids.js';
import { vidbeoKey } from '../company/vidbeo-keys.js';
import { drawOne } from '../draw.js';
import { fakeKey } from '../fake-keys.js';
import { LEAK_STORIES, type LeakStory, type PlantedPlace, type Told } from './leak-stories.js';
import { REPOSITORY_SKETCHES } from './repository-list.js';

/** How much the audit can know about a leaked key. */
type Known =
  | { readonly by: 'value' | 'fingerprint'; readonly source: string; readonly id: string }
  /** No source lists this value: the vendor never tells it, or the key is gone, or nobody knows the account. */
  | { readonly by: 'nothing' };

interface Sketch {
  readonly repository: string;
  readonly story: LeakStory;
  readonly label: string;
  readonly value: string;
  readonly ageDays: number;
  readonly known: Known;
}

/** One place of one leaked key: what an audit of the sandbox is expected to find. */
export interface PlantedLeak extends Sketch {
  readonly vendor: 'api-video' | 'vidbeo' | 'cognitive3d';
  readonly place: PlantedPlace;
  readonly told: Told;
}

/** A key leaks some time after it was made. */
const afterMaking = (ageDays: number): number => Math.max(4, Math.floor(ageDays * 0.7));

function video(repository: string, story: LeakStory, label: string): Sketch {
  const key: ApiVideoKey = apiVideoKey(label);
  const known: Known = { by: 'value', source: VIDEO_SOURCE, id: key.id };
  return { repository, story, label, value: key.value, ageDays: afterMaking(key.ageDays), known };
}

function vidbeo(repository: string, story: LeakStory, label: string): Sketch {
  const key = vidbeoKey(label);
  return {
    repository,
    story,
    label,
    value: key.value,
    ageDays: afterMaking(key.ageDays),
    known: { by: 'nothing' },
  };
}

function cognitive3d(repository: string, story: LeakStory, id: string, ageDays: number): Sketch {
  const key = cognitive3dKey(id);
  const by = key.envName === undefined ? 'fingerprint' : 'value';
  return { repository, story, label: id, value: key.value, ageDays, known: { by, source: XR_SOURCE, id } };
}

/** A key of an account that the company forgot, or that was deleted long ago. */
function forgotten(repository: string, story: LeakStory, label: string, ageDays: number): Sketch {
  return { repository, story, label, value: fakeKey('api-video', label), ageDays, known: { by: 'nothing' } };
}

const SKETCHES: readonly Sketch[] = [
  video('web-shop', 'dotenv-removed', 'web-shop-prod/backend'),
  video('infra', 'tag-message', 'web-shop-prod/backend'),
  video('android-app', 'android-resource', 'android-app-prod/backend'),
  video('partner-feed', 'basic-header', 'partner-feed-prod/webhooks'),
  video('cms', 'commit-message', 'cms-prod/upload-worker'),
  video('live-studio', 'merge-only', 'live-studio-prod/ingest'),
  video('spring-campaign', 'yaml-config', 'spring-2024/backend'),
  video('player-demo', 'browser-bundle', 'academy-prod/backend'),
  video('store-kiosk', 'dropped-stash', 'store-kiosk-prod/backend'),
  vidbeo('docs', 'readme', 'support-portal/catalogue'),
  vidbeo('support-portal', 'pull-request', 'support-portal/publisher'),
  cognitive3d('vr-training', 'unity-source', 'unity-build', 214),
  cognitive3d('analytics-jobs', 'curl-config', 'etl', 41),
  cognitive3d('ar-showroom', 'legacy-python', 'legacy-lab', 905),
  cognitive3d('agency-handover', 'handover-note', 'legacy-agency', 640),
  cognitive3d('dotfiles', 'shell-profile', 'customer-report', 52),
  forgotten('press-room', 'shell-script', 'forgotten account', 333),
  forgotten('recommender', 'dotenv-removed', 'deleted in 2024', 690),
];

const VENDOR_OF_STORY: Partial<Record<LeakStory, PlantedLeak['vendor']>> = {
  readme: 'vidbeo',
  'pull-request': 'vidbeo',
  'unity-source': 'cognitive3d',
  'curl-config': 'cognitive3d',
  'legacy-python': 'cognitive3d',
  'handover-note': 'cognitive3d',
  'shell-profile': 'cognitive3d',
};

function slipper(repository: string): Person {
  const sketch = REPOSITORY_SKETCHES.find((entry) => entry.name === repository);
  if (sketch === undefined) throw new RangeError(`the sandbox has no repository ${repository}`);
  return drawOne(`slip in ${repository}`, peopleOf(sketch.team));
}

export const PLANTED_LEAKS: readonly PlantedLeak[] = SKETCHES.map((sketch) => {
  const { repository, story, value, ageDays } = sketch;
  const told = LEAK_STORIES[story]({ id: `${repository} ${story}`, value, ageDays, by: slipper(repository) });
  return { ...sketch, vendor: VENDOR_OF_STORY[story] ?? 'api-video', told, place: told.place };
});

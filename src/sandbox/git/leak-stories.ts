import { Buffer } from 'node:buffer';
import type { PlaceKind } from '../../core/leak.js';
import type { Person } from '../company/people.js';
import { type CommitPlan, MAIN, type TagPlan, UNREACHABLE } from './plan.js';
import * as texts from './leak-texts.js';

/** What a story is told with: the key's value, who slips, and when. */
export interface Slip {
  /** Unique; names the commits. */
  readonly id: string;
  readonly value: string;
  readonly by: Person;
  readonly ageDays: number;
}

/** Where the value stands afterwards: the truth that a scan is measured against. */
export interface PlantedPlace {
  readonly kind: PlaceKind;
  readonly path: string | undefined;
  readonly inHead: boolean;
  readonly encoding: 'plain' | 'basic-auth';
  /** False for what only the server's own object store holds, and no clone brings. */
  readonly cloned: boolean;
}

export interface Told {
  /** `from: undefined` on a ref other than main = branched off from main at that age. */
  readonly commits: readonly CommitPlan[];
  readonly tags: readonly TagPlan[];
  readonly place: PlantedPlace;
}

const place = (sketch: Partial<PlantedPlace>): PlantedPlace => ({
  kind: 'file',
  path: undefined,
  inHead: false,
  encoding: 'plain',
  cloned: true,
  ...sketch,
});

interface FileSlip {
  readonly path: string;
  readonly text: string;
  readonly message: string;
  readonly encoding?: 'basic-auth';
}

function commit(slip: Slip, step: string, rest: Partial<CommitPlan>): CommitPlan {
  const { by, ageDays } = slip;
  return { id: `${slip.id} ${step}`, ref: MAIN, by, ageDays, message: 'Tidy up\n', files: {}, ...rest };
}

function stays(
  slip: Slip,
  {
    path,
    text,
    message,
    encoding = 'plain',
  }: { encoding?: PlantedPlace['encoding'] } & Omit<FileSlip, 'encoding'>,
): Told {
  const commits = [commit(slip, 'add', { message: `${message}\n`, files: { [path]: text } })];
  return { commits, tags: [], place: place({ path, inHead: true, encoding }) };
}

function removedLater(slip: Slip, { path, text, message }: FileSlip): Told {
  const add = commit(slip, 'add', { message: `${message}\n`, files: { [path]: text } });
  const remove = commit(slip, 'remove', {
    ageDays: slip.ageDays - 2,
    message: `Remove ${path}, it should not be here\n`,
    files: { [path]: null },
  });
  return { commits: [add, remove], tags: [], place: place({ path }) };
}

const basicOf = (value: string): string => Buffer.from(`${value}:`).toString('base64');

/** How keys really get out, one way each. */
export const LEAK_STORIES = {
  'dotenv-removed': (slip: Slip) =>
    removedLater(slip, { path: '.env', text: texts.dotenv(slip.value), message: 'Deploy from CI' }),
  'unity-source': (slip: Slip) =>
    stays(slip, {
      path: 'Assets/Scripts/SessionExport.cs',
      text: texts.unity(slip.value),
      message: 'Export sessions after a course',
    }),
  'curl-config': (slip: Slip) =>
    stays(slip, {
      path: 'jobs/c3d_curlrc',
      text: texts.curlConfig(slip.value),
      message: 'Fetch sessions at night',
    }),
  'browser-bundle': (slip: Slip) =>
    stays(slip, {
      path: 'public/dist/player.min.js',
      text: texts.bundle(slip.value),
      message: 'Build for the demo page',
    }),
  readme: (slip: Slip) =>
    stays(slip, {
      path: 'docs/publishing.md',
      text: texts.vidbeoGuide(slip.value),
      message: 'Explain how films are published',
    }),
  'android-resource': (slip: Slip) =>
    stays(slip, {
      path: 'app/src/main/res/values/video.xml',
      text: texts.androidResource(slip.value),
      message: 'Upload clips from the app',
    }),
  'shell-script': (slip: Slip) =>
    stays(slip, {
      path: 'scripts/upload.sh',
      text: texts.uploadScript(slip.value),
      message: 'Upload footage by hand when the CMS is down',
    }),
  'yaml-config': (slip: Slip) =>
    stays(slip, {
      path: 'config/production.yml',
      text: texts.yamlConfig(slip.value),
      message: 'Configure the campaign player',
    }),
  'basic-header': (slip: Slip) =>
    stays(slip, {
      path: 'requests/webhooks.http',
      text: texts.httpFile(basicOf(slip.value)),
      message: 'Keep requests for debugging',
      encoding: 'basic-auth',
    }),
  'legacy-python': (slip: Slip) =>
    removedLater(slip, { path: 'lab/export.py', text: texts.python(slip.value), message: 'Try the export' }),
  'handover-note': (slip: Slip) =>
    stays(slip, {
      path: 'handover/access.txt',
      text: texts.handover(slip.value),
      message: 'Write down what the agency needs',
    }),
  'shell-profile': (slip: Slip) =>
    stays(slip, {
      path: 'shell/env.sh',
      text: texts.shellProfile(slip.value),
      message: 'Add my environment',
    }),
  'commit-message': (slip: Slip): Told => ({
    commits: [
      commit(slip, 'message', {
        message: texts.commitMessage(slip.value),
        files: { 'docs/uploads.md': texts.UPLOAD_NOTE },
      }),
    ],
    tags: [],
    place: place({ kind: 'commit-message' }),
  }),
  'tag-message': (slip: Slip): Told => {
    const tagged = commit(slip, 'release', {
      message: 'Prepare the release\n',
      files: { 'docs/release.md': texts.RELEASE_NOTE },
    });
    const { by, ageDays } = slip;
    const tag = { name: 'v2.3.0', commit: tagged.id, by, ageDays, message: texts.tagMessage(slip.value) };
    return { commits: [tagged], tags: [tag], place: place({ kind: 'tag-message' }) };
  },
  'pull-request': (slip: Slip): Told => {
    const path = 'deploy/compose.yml';
    const files = { [path]: texts.compose(slip.value) };
    const commits = [
      commit(slip, 'head', { ref: 'refs/pull/12/head', message: 'Run the portal locally\n', files }),
    ];
    return { commits, tags: [], place: place({ path }) };
  },
  'merge-only': (slip: Slip): Told => {
    const path = 'config/studio.json';
    const side = commit(slip, 'side', {
      ref: 'refs/heads/two-cameras',
      message: 'Mix two cameras\n',
      files: { 'src/mixer.ts': texts.MIXER },
    });
    const merge = commit(slip, 'merge', {
      ageDays: slip.ageDays - 1,
      mergeOf: side.id,
      message: "Merge branch 'two-cameras'\n",
      files: { 'src/mixer.ts': texts.MIXER, [path]: texts.studioConfig(slip.value) },
    });
    const clean = commit(slip, 'clean', {
      ageDays: slip.ageDays - 3,
      message: 'Read the studio key from the environment\n',
      files: { [path]: texts.STUDIO_CLEAN },
    });
    return { commits: [side, merge, clean], tags: [], place: place({ path }) };
  },
  'dropped-stash': (slip: Slip): Told => {
    const path = 'local.env';
    const files = { [path]: texts.dotenv(slip.value) };
    const commits = [
      commit(slip, 'stash', { ref: UNREACHABLE, message: 'WIP on main: try the new account\n', files }),
    ];
    return { commits, tags: [], place: place({ path, cloned: false }) };
  },
} satisfies Record<string, (slip: Slip) => Told>;

export type LeakStory = keyof typeof LEAK_STORIES;

// What GitHub may answer: lists of repositories through octokit and our guard; texts, gists and receipts without them.
import {
  CONVERSATION_KINDS,
  ORGANIZATION_KINDS,
  review,
} from '../../../../dist/github/conversation-kinds.js';
import { hasMisleadingName } from '../../../../dist/core/misleading-names.js';
import { githubEntrySchema } from '../../../../dist/github/github-entry.js';
import { parseMarker } from '../../../../dist/github/issue-marker.js';
import { parseGist } from '../../../../dist/github/list-gists.js';
import { listRepositories } from '../../../../dist/github/list-repositories.js';
import { matchesGlob } from '../../../../dist/github/name-glob.js';
import { parseRepository } from '../../../../dist/github/remote-repository.js';
import { Answering, quiet } from '../answering.mjs';
import { mutateJson, mutateText, mutateValue } from '../mutate.mjs';

const REPOSITORY = {
  id: 1,
  name: 'web',
  full_name: 'acme/web',
  owner: { login: 'acme' },
  private: true,
  visibility: 'private',
  archived: false,
  fork: false,
  disabled: false,
  clone_url: 'https://github.example/acme/web.git',
  default_branch: 'main',
  has_wiki: true,
  pushed_at: '2026-01-01T00:00:00Z',
  size: 10,
};
const GIST = {
  id: 'abc',
  owner: { login: 'acme' },
  public: true,
  git_pull_url: 'https://gist.github.example/abc.git',
};
const TEXT = {
  id: 1,
  number: 2,
  title: 't',
  name: 'N',
  value: 'v',
  tag_name: 'v1',
  body: null,
  html_url: 'https://github.example/acme/web/issues/2',
  created_at: '2026-01-01T00:00:00Z',
};
const LINKS = [
  '<https://api.github.example/orgs/acme/repos?page=2>; rel="next"',
  '<https://evil.example/x>; rel="next"',
  '<https://api.github.example/orgs/acme/repos?page=2>; rel="next", <https://api.github.example/x?page=9>; rel="last"',
];
const entry = githubEntrySchema.parse({ apiUrl: 'https://api.github.example', orgs: ['acme'] });

async function list({ body, link }) {
  let asked = 0;
  const dispatcher = new Answering((path) => {
    asked += 1;
    if (!path.includes('/repos')) return { body: '{"public_repos":1}' };
    return { body: asked > 3 ? '[]' : body, headers: link === undefined || asked > 3 ? {} : { link } };
  });
  const ctx = { ...quiet(), session: { dispatcherFor: () => Promise.resolve(dispatcher) } };
  const { coverage, repositories } = await listRepositories({ entry, token: undefined, retryUnitMs: 0 }, ctx);
  for (const { cloneUrl } of repositories) {
    if (!cloneUrl.startsWith('https://github.example/')) throw new Error('a clone address elsewhere');
  }
  for (const { status, reason = '' } of coverage) {
    if (status !== 'complete' && reason === '') throw new Error('a hole without a reason');
  }
}

function readTexts(item) {
  // Refused before anybody reads it.
  if (hasMisleadingName(item)) return;
  for (const kind of [...CONVERSATION_KINDS, ...ORGANIZATION_KINDS]) {
    const draft = kind.draft(item);
    if (typeof draft === 'object' && typeof draft.text !== 'string') throw new Error('no text');
  }
  review(item, 1);
  if (typeof item?.body === 'string') parseMarker(item.body);
}

const GLOBS = ['acme/*', '*/web-?', '**', 'acme/a*b*c*d'];

export default [
  {
    name: "GitHub's lists, through octokit",
    make: (random) => ({
      body: mutateJson([[REPOSITORY]], random),
      link: random.chance(1, 4)
        ? mutateText(random.pick(LINKS), random, LINKS).replaceAll(/[^\x20-\x7e]/g, '')
        : undefined,
    }),
    run: list,
  },
  {
    name: 'repositories and gists as GitHub lists them',
    make: (random) => mutateValue(random.pick([REPOSITORY, GIST]), random),
    run(item) {
      if (hasMisleadingName(item)) return;
      const origin = 'https://github.example';
      for (const parsed of [parseRepository(item, origin), parseGist(item, origin)]) {
        if (parsed?.name?.endsWith('/..')) throw new Error('a path');
      }
    },
  },
  { name: "texts around GitHub's code", make: (random) => mutateValue(TEXT, random), run: readTexts },
  {
    name: 'patterns of names',
    make: (random) => [
      mutateText(random.pick(GLOBS), random, GLOBS),
      mutateText('acme/web-abcd', random, GLOBS),
    ],
    run: ([glob, name]) => matchesGlob(glob, name),
  },
];

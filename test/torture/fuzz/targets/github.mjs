// What GitHub may answer: lists of repositories through octokit and our guard; texts, gists and receipts without them.
import {
  CONVERSATION_KINDS,
  ORGANIZATION_KINDS,
  review,
} from '../../../../dist/github/conversation-kinds.js';
import { hasMisleadingName } from '../../../../dist/core/misleading-names.js';
import { githubEntrySchema } from '../../../../dist/github/github-entry.js';
import { markerText, parseMarker } from '../../../../dist/github/issue-marker.js';
import { parseKeptAnswers } from '../../../../dist/github/kept-answers.js';
import { parseGist } from '../../../../dist/github/list-gists.js';
import { listPages } from '../../../../dist/github/list-pages.js';
import { listRepositories } from '../../../../dist/github/list-repositories.js';
import { parseMirrorState } from '../../../../dist/github/mirror-state.js';
import { GithubFault } from '../../../../dist/github/github-fault.js';
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

const KEPT = [
  { keyaudit: 'answers', layout: 1, version: '1' },
  ['https://api.github.example/a', { etag: 'W/"a1"', next: null, seen: 3, under: 'ab', items: [{ id: 1 }] }],
  ['https://api.github.example/b', { etag: '"b"', next: 'https://api.github.example/c', seen: 0, under: '' }],
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');
const MIRROR_STATE = { version: 1, pushedAt: '2026-01-01T00:00:00Z', pullRequests: true };
const MARKER = `${markerText({ set: '0a'.repeat(16), owner: '1b'.repeat(16), state: '2c'.repeat(16) })}\ntext\n`;

/** Our own reading of a list, without octokit: items, links to next pages, marks of versions. */
async function readPages({ data, link, etag }) {
  let asked = 0;
  const request = () => {
    asked += 1;
    return Promise.resolve(
      asked > 3
        ? { data: Array.isArray(data) ? [] : { items: [] }, headers: {} }
        : { data, headers: { link, etag } },
    );
  };
  const kept = new Map();
  const answers = { recall: () => undefined, keep: (url, page) => kept.set(url, page) };
  const list = Array.isArray(data) ? { url: '/a' } : { url: '/a', field: 'items' };
  try {
    for await (const page of listPages(list, { octokit: { request }, kept: answers, under: '' })) {
      for (const item of page.items) {
        if (!hasMisleadingName(item)) parseRepository(item, 'https://github.example');
      }
      page.settle({ seen: page.items.length });
    }
  } catch (error) {
    if (!(error instanceof GithubFault)) throw error;
  }
  for (const { etag: mark } of kept.values())
    if (!/^(?:W\/)?"[!-~]+"$/.test(mark)) throw new Error('a mark that does not fit in a header');
}

const GLOBS = ['acme/*', '*/web-?', '**', 'acme/a*b*c*d'];

export default [
  {
    name: "GitHub's pages",
    make: (random) => ({
      data: mutateValue(random.pick([[REPOSITORY], { items: [GIST] }]), random),
      link: random.chance(1, 2) ? mutateText(random.pick(LINKS), random, LINKS) : undefined,
      etag: random.chance(1, 4) ? mutateText('W/"a1"', random, LINKS) : undefined,
    }),
    run: readPages,
  },
  {
    // All of octokit's own waiting and reading comes along: a thousandth of the speed of our part of it, which is above.
    name: "GitHub's lists, through octokit",
    most: 20_000,
    make: (random) => ({
      body: mutateJson([[REPOSITORY]], random),
      link: random.chance(1, 4)
        ? mutateText(random.pick(LINKS), random, LINKS).replaceAll(/[^\x20-\x7e]/g, '')
        : undefined,
    }),
    run: list,
  },
  {
    name: "GitHub's answers that were kept",
    make: (random) => mutateText(KEPT, random, [KEPT]),
    run(text) {
      for (const [url, page] of parseKeptAnswers(text, '1').pages)
        if (typeof url !== 'string' || !(page.seen >= 0)) throw new Error('a page that is none');
    },
  },
  {
    name: 'states of mirrors',
    make: (random) => mutateJson([MIRROR_STATE], random),
    run(text) {
      const state = parseMirrorState(text);
      if (state !== undefined && typeof state.pullRequests !== 'boolean') throw new Error('no state');
    },
  },
  {
    name: 'markers of issues',
    make: (random) => mutateText(MARKER, random, [MARKER]),
    run(text) {
      const marker = parseMarker(text);
      if (marker !== undefined && !text.startsWith(markerText(marker))) throw new Error('another marker');
    },
  },
  {
    name: 'repositories and gists as GitHub lists them',
    make: (random) => mutateValue(random.pick([REPOSITORY, GIST]), random),
    run(item) {
      if (hasMisleadingName(item)) return;
      const origin = 'https://github.example';
      for (const parsed of [parseRepository(item, origin), parseGist(item, origin)]) {
        if (typeof parsed !== 'string' && /(?:^|\/)\.{0,2}$/.test(parsed.value.name))
          throw new Error('a path');
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

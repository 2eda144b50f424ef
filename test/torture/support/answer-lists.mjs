// Lists as each service gives them, with names of any kind in them.

const character = (code) => String.fromCodePoint(code);
export const RIGHT_TO_LEFT = character(0x202e);
export const ESCAPE = character(27);

/** Texts that break out of terminals and of every report's format. */
export const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</td></table><svg onload=alert(1)>',
  '[x](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '| a | b |\n\n# heading',
  '@octocat #1 https://evil.example',
  '=HYPERLINK("https://evil.example")',
  '+cmd|calc',
  '-1+1',
  '@SUM(1)',
  '::error file=a::b\n::set-output name=x::y',
  `${ESCAPE}[31mred${ESCAPE}]0;title${character(7)}`,
  `${character(0x9b)}31m`,
  `${RIGHT_TO_LEFT}gnp.exe${character(0x2066)}`,
  `zero${character(0x200b)}width${character(0xfeff)}`,
  `line${character(0x2028)}${character(0x2029)}${character(0x85)}`,
  'null\0byte\r\nline',
  '__proto__',
  'constructor',
  '{{7*7}} ${7*7} {0} [x](1)',
  ']]> <!-- <![CDATA[',
  'x'.repeat(5_000),
];

const DATE = '2025-01-01T12:00:00Z';
const vidbeoKey = (id, name) => ({
  id,
  type: 'api',
  name,
  created_time: DATE,
  updated_time: null,
  permissions: ['fetch'],
  ips: [],
  created_by: name,
});
const project = (id, name) => ({
  project_id: id,
  name,
  created_at: DATE,
  deletes_at: null,
  deleted: false,
});
export const repository = (name, more = {}) => ({
  id: 1,
  name,
  full_name: `acme/${name}`,
  owner: { login: 'acme' },
  private: false,
  archived: false,
  fork: false,
  disabled: false,
  clone_url: `https://elsewhere.example/acme/${name}.git`,
  default_branch: 'main',
  has_wiki: false,
  description: name,
  pushed_at: DATE,
  size: 1,
  ...more,
});

/** A list of one service, with items of these names and maybe a next page. */
export const LISTS = {
  'api-video': (names, next) => ({
    items: names.map((name, at) => project(`p${at}`, name)),
    pagination: { item_count: names.length },
    links: next === undefined ? [] : [{ rel: 'next', href: `/projects?page=${next}` }],
  }),
  vidbeo: (names, next) => ({
    success: true,
    result: names.map((name, at) => vidbeoKey(`k${next ?? ''}x${at}`, name)),
    links: next === undefined ? {} : { next: `/keys?page=${next}` },
    errors: [],
  }),
  cognitive3d: (names) => ({ id: 7, projects: names.map((name, at) => ({ id: at, name })) }),
  github: (names) => names.map((name) => repository(name)),
};

/** What else is asked for is answered as it should be. */
export function soundAnswer(service, path) {
  if (service === 'cognitive3d' && path.endsWith('whoami')) return { organizationId: 7 };
  if (service === 'github' && !path.includes('/repos')) return { public_repos: 1 };
  if (service !== 'api-video' || !path.includes('/projects/')) return undefined;
  if (path.includes('api-keys'))
    return {
      items: HOSTILE_NAMES.map((name, at) => ({ api_key_id: `k${at}`, name, created_at: DATE, value: 'x' })),
      pagination: {},
      links: [],
    };
  return { items: [] };
}

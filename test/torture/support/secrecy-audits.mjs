// Whole audits, what they say and write at each loudness, what their child processes are given, and what is left when they crash.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { filesIn } from './audit-site.mjs';
import { diagnosticReports, REPORTING } from './diagnostic-reports.mjs';

const FORMATS = ['--format', 'sarif,markdown,html,json,junit,csv'];

/**
 * Arguments and environments of all processes that began below this one, as long as they live, and the arguments of those that
 * they came from. A process that has not begun its program yet is still a copy of ours, with ours.
 */
function watchChildren(root) {
  const seen = new Map();
  const look = (pid, parents) => {
    const parent = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[1];
    if (!parents.has(parent)) return;
    const [cmdline, environ] = ['cmdline', 'environ'].map((part) =>
      readFileSync(`/proc/${pid}/${part}`, 'latin1'),
    );
    const line = `${parents.get(parent)} ${cmdline}`;
    parents.set(pid, line);
    if (cmdline.includes('cli/main.js')) return;
    seen.set(`${pid} ${cmdline.replaceAll('\0', ' ').slice(0, 60)}`, { cmdline, environ, line });
  };
  const timer = setInterval(() => {
    const parents = new Map([[String(root), '']]);
    const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
    for (const pid of pids.sort((a, b) => a - b)) {
      try {
        look(pid, parents);
      } catch {
        // It ended meanwhile.
      }
    }
  }, 2);
  return { seen, stop: () => clearInterval(timer) };
}

/** Everything below a folder as it was at any moment: by path and content. */
function watchFiles(folder) {
  const seen = {};
  const timer = setInterval(() => {
    try {
      for (const [path, text] of Object.entries(withoutContents(filesIn(folder))))
        seen[`${path} ${text.length}`] = text;
    } catch {
      // A file went meanwhile.
    }
  }, 20);
  return { seen, stop: () => clearInterval(timer) };
}

/** Mirrors hold what the repositories hold: leaked keys too. Their settings and states must hold none. */
const withoutContents = (files) =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => !/\/(?:objects|refs)\/|packed-refs$/.test(path)),
  );

/** The programs that talk to GitHub: the one place where its token is given to. */
const FETCHES = /\0(?:fetch|clone|ls-remote|remote-https?)\0|git-remote-https?\0/;

/** @returns `[what, texts, 'vendors' where the token for GitHub is let through]` */
export async function auditTexts(site) {
  const { child, ended } = site.audit(['--verbose', ...FORMATS]);
  const [children, temporary] = [watchChildren(child.pid), watchFiles(site.path('tmp'))];
  const { said: verbose } = await ended;
  children.stop();
  const { said: plain } = await site.start(['audit', '--as-of', site.asOf, '--out', 'uncached']).ended;
  temporary.stop();
  const { said: quiet } = await site.audit(['--quiet']).ended;
  const cache = withoutContents(filesIn(site.path('cache')));
  const each = (part, takes = () => true) =>
    Object.fromEntries(
      [...children.seen]
        .filter(([, one]) => takes(one))
        .map(([pid, one]) => [`${part} of ${pid}`, one[part]]),
    );
  const reports = Object.entries(filesIn(site.path('reports')));
  return [
    ['output of an audit: --quiet, as usual, --verbose', { quiet, plain, verbose }],
    ['files of all six report formats', Object.fromEntries(reports)],
    ['the cache, without the repositories’ own contents', cache],
    [
      "mirrors' settings, with the addresses that they fetch from",
      Object.fromEntries(
        Object.entries(cache).filter(([path]) =>
          /(?:^|\/)(?:config|FETCH_HEAD|HEAD|description)$/.test(path),
        ),
      ),
    ],
    ['temporary files while it runs, without the repositories’ own contents', temporary.seen],
    ['temporary files that stay', filesIn(site.path('tmp'))],
    ['arguments of child processes', each('cmdline')],
    ["environments of child processes: vendors' credentials", each('environ'), 'vendors'],
    [
      'environments of child processes that do not fetch: all credentials',
      each('environ', ({ line }) => !FETCHES.test(line)),
    ],
  ];
}

/** What a user can get wrong, and what a vendor can say: each ends in a message. */
export async function errorTexts(site, wrong) {
  const swap = (variable, value) => ({ env: { [variable]: value } });
  const tries = {
    'a credential that the vendor refuses': [[], swap('KEYAUDIT_DEMO_VIDBEO', wrong)],
    'a credential of two lines': [[], swap('KEYAUDIT_DEMO_VIDBEO', `${wrong}\n${wrong}`)],
    'a credential with a letter that no header takes': [[], swap('KEYAUDIT_DEMO_VIDBEO', `${wrong}ü`)],
    'a credential with spaces around': [[], swap('KEYAUDIT_DEMO_VIDBEO', ` ${wrong} `)],
    'a token that GitHub refuses': [[], swap('KEYAUDIT_DEMO_GITHUB', wrong)],
    'a key in place of a command': [[wrong], {}, 'start'],
    'a key in place of a flag': [[`--${wrong}`], {}],
    'a key in place of a format': [['--format', wrong], {}],
    'a key in place of a day': [['--as-of', wrong], {}],
    'a key in place of a severity': [['--fail-on', wrong], {}],
    'a key in place of a shard': [['--shard', wrong], {}],
    'a key in place of a configuration': [['--config', wrong], {}],
    'a key in place of an inventory': [['--inventory', wrong], {}],
    'a key in place of a rule': [['rules', 'explain', wrong], {}, 'start'],
  };
  const said = {};
  for (const [what, [args, options, how = 'audit']] of Object.entries(tries))
    for (const loud of ['--no-color', '--quiet', '--verbose'])
      said[`${what} ${loud}`] = (await site[how]([...args, loud], options).ended).said;
  return said;
}

/** Breaks the judging, when all keys are known, with an error that holds the credentials in use. */
const crash = (how) =>
  `data:text/javascript,${encodeURIComponent(
    `
  const env = Object.entries(process.env).filter(([name]) => /_(?:VIDBEO|GITHUB|C3D_ETL|C3D_BI_DASHBOARD)$/.test(name)).map(([, value]) => value).join(' ');
  const real = Array.prototype.toSorted;
  Array.prototype.toSorted = function (...args) {
    if (/\\bat (?:conclude|correlate) /.test(new Error().stack)) BREAK;
    return real.apply(this, args);
  };
`.replace('BREAK', how),
  )}`;
const FAILS = "throw new Error('broke with ' + env)";
const LATER = `setImmediate(() => { ${FAILS}; })`;
const NOBODY_WAITS = "Promise.reject(new Error('broke with ' + env))";
const CORE_FILES = ['bash', '-c', 'ulimit -c unlimited; exec "$@"', 'bash'];

export async function crashTexts(site) {
  const said = {};
  const hows = { 'in a call': FAILS, 'outside of every call': LATER, 'in a promise': NOBODY_WAITS };
  for (const [what, how] of Object.entries(hows))
    for (const loud of ['--quiet', '--no-color', '--verbose']) {
      const execArgv = ['--import', crash(how), '--stack-trace-limit=100', ...REPORTING];
      said[`${what} ${loud}`] = (await site.audit([loud], { execArgv }).ended).said;
    }
  const breaks = Object.fromEntries(Object.entries(hows).map(([what, how]) => [what, crash(how)]));
  const { texts, note } = await diagnosticReports(site, breaks);
  return [
    { what: 'what crashes say, with their stacks, at every loudness', texts: said },
    { what: 'diagnostic reports of Node that flags ask for, in crashes of each kind', texts, note },
    { what: 'core files', texts: await coreFiles(site) },
  ];
}

/** Aborts audits in their midst, in a folder of its own, where core files may be written. */
async function coreFiles(site) {
  const folder = site.path('cores');
  const texts = {};
  for (const afterMs of [300, 700, 1_500]) {
    mkdirSync(folder);
    const args = ['--config', '../audit.config.yaml'];
    const { child, ended } = site.audit(args, { prefix: CORE_FILES, cwd: folder });
    setTimeout(() => child.kill('SIGABRT'), afterMs);
    await ended;
    for (const [path, text] of Object.entries(filesIn(folder)))
      if (path.startsWith('core')) texts[`${path} after ${afterMs} ms`] = text;
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
  return texts;
}

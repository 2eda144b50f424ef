// What goes wrong around a run, at random moments of one. After each fault: every file is whole or absent, and the next
// run writes what an undisturbed one does.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { draftsIn, filesIn, openSite, wholeFilesIn } from '../support/audit-site.mjs';

export const name = 'Faults';

/** A number from 0 to 1 that depends on the seed and the place alone. */
const drawn = (...parts) => createHash('sha256').update(parts.join('/')).digest().readUInt32BE(0) / 2 ** 32;

const GATE_FAILED = 1;
const INTERRUPTED = 130;
const KEPT = ['audit.config.yaml', 'audit.keys.yaml', 'audit.baseline'];

/** When a cache's inventory was read is the one thing that an undisturbed run does not repeat. */
const comparable = (files) =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replace(/"since":"[^"]*"/g, '"since":"…"')]),
  );

const reportsOf = (site) => comparable(wholeFilesIn(filesIn(site.path('reports'))));
const keptOf = (site) =>
  Object.fromEntries(
    KEPT.filter((file) => existsSync(site.path(file))).map((file) => [
      file,
      readFileSync(site.path(file), 'latin1'),
    ]),
  );

/** Whether a report is all there, judged without the expected one: a run that saw less rightly writes less. */
function isWhole(path, text) {
  if (path.endsWith('.html')) return text.trimEnd().endsWith('</html>');
  if (path.endsWith('.md')) return text.endsWith('\n');
  try {
    for (const part of path.endsWith('.jsonl') ? text.trimEnd().split('\n') : [text]) JSON.parse(part);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong right after a fault; `seesLess`: the run could not read everything, and must have said so. */
function harmOf(site, expected, seesLess) {
  const harms = [];
  const reports = reportsOf(site);
  for (const [path, text] of Object.entries(reports)) {
    if (text === expected.reports[path]) continue;
    if (!isWhole(path, text)) harms.push(`${path} is not whole`);
    else if (!seesLess) harms.push(`${path} differs`);
  }
  const told = reports['keyaudit.json'];
  if (seesLess && told !== undefined && told !== expected.reports['keyaudit.json']) {
    const isTold =
      isWhole('keyaudit.json', told) && JSON.parse(told).coverage.some(({ status }) => status !== 'complete');
    if (!isTold) harms.push('falsely complete');
  }
  const kept = keptOf(site);
  for (const [path, text] of Object.entries(expected.kept))
    if (kept[path] !== text) harms.push(`${path} changed`);
  return harms;
}

/** The next run, without a fault: the same exit code and the same bytes. */
async function harmAfter(site, expected) {
  const { code, said } = await site.audit().ended;
  const reports = reportsOf(site);
  const harms = code === GATE_FAILED ? [] : [`the next run ended with ${code}: ${said.slice(-200)}`];
  for (const path of new Set([...Object.keys(reports), ...Object.keys(expected.reports)]))
    if (reports[path] !== expected.reports[path]) harms.push(`${path} differs after the next run`);
  if (draftsIn(filesIn(site.path('reports'))).length > 0) harms.push('a draft stays in the reports');
  return harms;
}

/** Ends the whole group: what a closed terminal or a stopped container does. */
const kill = (child, signal) => child.kill(signal);

async function killed({ site, moment }) {
  const run = site.audit();
  await delay(moment * 1000);
  kill(run.child, 'SIGKILL');
  await run.ended;
  return [];
}

const interruptedBy = (signal) =>
  async function interrupted({ site, moment }) {
    const run = site.audit();
    await delay(moment * 1000);
    const began = performance.now();
    kill(run.child, signal);
    const { code, signal: by } = await run.ended;
    const seconds = (performance.now() - began) / 1000;
    const harms = draftsIn(filesIn(site.path('reports'))).map((path) => `${path} stays`);
    // Before Node has read the program it ends by the signal itself.
    const isWell = code === INTERRUPTED || code === GATE_FAILED || by === signal;
    if (!isWell) harms.push(`ended with ${code}`);
    // Two seconds are promised to who has the processor; here others may be waiting for it as well.
    if (seconds > 2.5 * Math.max(1, loadavg()[0] / availableParallelism()))
      harms.push(`took ${seconds.toFixed(1)} s to stop`);
    if (by === null && Object.keys(filesIn(site.path('tmp'))).length > 0) harms.push('temporary files stay');
    return harms;
  };

async function networkGone({ site, moment }) {
  const run = site.audit();
  await delay(moment * 1000);
  await site.server.down();
  const { code, said } = await run.ended;
  await site.server.up();
  return [1, 3].includes(code) ? [] : [`ended with ${code}: ${said.slice(-200)}`];
}

async function clockJumps({ site, moment, pick }) {
  const jumpMs = [-400, -1, 1, 400][Math.floor(pick * 4)] * 86_400_000;
  const code = `const real = Date.now, at = performance.now() + ${moment * 1000}; Date.now = () => real() + (performance.now() > at ? ${jumpMs} : 0);`;
  const { code: exit } = await site.audit([], {
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(code)}`],
  }).ended;
  return exit === GATE_FAILED ? [] : [`ended with ${exit}`];
}

/** No file may grow beyond a random size: what a full disk does, for git and for the program. */
async function fileLimit({ site, pick }) {
  const kib = Math.floor(pick * 200);
  const prefix = ['bash', '-c', `ulimit -f ${kib}; exec "$@"`, 'bash'];
  const { code, said } = await site.audit([], { prefix }).ended;
  return [1, 2, 3].includes(code) ? [] : [`ended with ${code}: ${said.slice(-300)}`];
}

const mountable = (() => {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  try {
    mkdirSync('/tmp/torture-mount', { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/tmp/torture-mount'], {
      stdio: 'ignore',
    });
    execFileSync('umount', ['/tmp/torture-mount']);
    return true;
  } catch {
    return false;
  }
})();

async function onMount(folder, options, work) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  try {
    return await work();
  } finally {
    execFileSync('umount', [folder]);
  }
}

/** Reports, or the cache, on a disk of a random size. */
const diskFullOf =
  (folder) =>
  async ({ site, pick }) => {
    const where = site.path(folder);
    const size = `size=${4 * (1 + Math.floor(pick * 150))}k`;
    return onMount(where, size, async () => {
      const { code, said } = await site.audit().ended;
      const broken = Object.entries(wholeFilesIn(filesIn(site.path('reports')))).filter(
        ([p, t]) => !isWhole(p, t),
      );
      const harms = broken.map(([path]) => `${path} is not whole`);
      return [1, 2, 3].includes(code) ? harms : [...harms, `ended with ${code}: ${said.slice(-300)}`];
    });
  };

async function readOnly({ site }) {
  const where = site.path('reports');
  const tried = async () => {
    const { code, said } = await site.audit().ended;
    return code === 2 && said.includes('cannot be written')
      ? []
      : [`ended with ${code}: ${said.slice(-200)}`];
  };
  if (mountable) return onMount(where, 'ro,size=64k', tried);
  chmodSync(where, 0o555);
  const harms = await tried();
  chmodSync(where, 0o755);
  return harms;
}

async function twoAtOnce({ site, moment, pick }) {
  const first = site.audit();
  await delay(moment * 300);
  const second = site.audit();
  const isKilled = pick < 0.4;
  if (isKilled) {
    await delay(moment * 700);
    kill(first.child, 'SIGKILL');
  }
  const codes = [(await first.ended).code, (await second.ended).code];
  const wanted = isKilled ? [codes[1]] : codes;
  return wanted.every((code) => code === GATE_FAILED) ? [] : [`ended with ${codes.join(' and ')}`];
}

/** Other commands that write: what they replace is there before or after, and nothing in between. */
async function killedBaseline({ site, moment }) {
  const run = site.start(['baseline', '--as-of', site.asOf]);
  await delay(moment * 1000);
  kill(run.child, 'SIGKILL');
  await run.ended;
  return [];
}

async function killedRegister({ site, moment, expected }) {
  const run = site.start(['collect', '--out', 'keys.json', '--write-register']);
  await delay(moment * 1000);
  kill(run.child, 'SIGKILL');
  await run.ended;
  const register = readFileSync(site.path('audit.keys.yaml'), 'latin1');
  const isWell = register === expected.kept['audit.keys.yaml'] || register === expected.extended;
  cpSync(site.path('audit.keys.kept'), site.path('audit.keys.yaml'));
  return isWell ? [] : ['the register is neither the old nor the new one'];
}

const FAULTS = [
  { what: 'kill -9', full: 80, small: 1, cause: killed },
  { what: 'interrupt (SIGINT)', full: 30, small: 0, cause: interruptedBy('SIGINT') },
  { what: 'interrupt (SIGTERM)', full: 20, small: 0, cause: interruptedBy('SIGTERM') },
  { what: 'the network goes', full: 25, small: 0, cause: networkGone, seesLess: true },
  { what: 'the clock jumps by a day or 400', full: 12, small: 0, cause: clockJumps },
  { what: 'no file may grow further (ulimit -f)', full: 12, small: 0, cause: fileLimit, seesLess: true },
  {
    what: 'the disk of the reports is full',
    full: 8,
    small: 0,
    cause: diskFullOf('reports'),
    needsMount: true,
  },
  {
    what: 'the disk of the cache is full',
    full: 8,
    small: 0,
    cause: diskFullOf('cache'),
    needsMount: true,
    losesCache: true,
  },
  { what: 'the reports folder is read-only', full: 4, small: 0, cause: readOnly },
  {
    what: 'two at once on one cache and reports, one of them killed or not',
    full: 20,
    small: 0,
    cause: twoAtOnce,
  },
  { what: 'kill -9 of keyaudit baseline', full: 8, small: 0, cause: killedBaseline },
  { what: 'kill -9 of keyaudit collect --write-register', full: 8, small: 0, cause: killedRegister },
];

/** A baseline, and what the register becomes when it is extended. */
async function prepareCommands(site) {
  await site.start(['baseline', '--as-of', site.asOf]).ended;
  cpSync(site.path('audit.keys.yaml'), site.path('audit.keys.kept'));
  await site.start(['collect', '--out', 'keys.json', '--write-register']).ended;
  const extended = readFileSync(site.path('audit.keys.yaml'), 'latin1');
  cpSync(site.path('audit.keys.kept'), site.path('audit.keys.yaml'));
  return extended;
}

async function makeReady(size) {
  const site = await openSite();
  const extended = size === 'full' ? await prepareCommands(site) : '';
  // The first run has nothing to compare with; from the second on, each writes the same.
  let seconds = 0;
  for (let i = 0; i < 2; i += 1) ({ seconds } = await site.audit().ended);
  cpSync(site.path('reports'), site.path('reports.kept'), { recursive: true });
  cpSync(site.path('cache'), site.path('cache.kept'), { recursive: true });
  return { site, seconds, expected: { reports: reportsOf(site), kept: keptOf(site), extended } };
}

/** Half of the tries begin without anything that earlier runs left, so that everything is fetched and made anew. */
function putBack(site, isFresh) {
  for (const folder of ['reports', 'cache', 'tmp']) {
    rmSync(site.path(folder), { recursive: true, force: true });
  }
  mkdirSync(site.path('tmp'));
  cpSync(site.path('cache.kept/inventory.json'), site.path('cache/inventory.json'));
  cpSync(site.path('reports.kept/history.jsonl'), site.path('reports/history.jsonl'));
  if (!isFresh) cpSync(site.path('cache.kept'), site.path('cache'), { recursive: true });
  if (!isFresh) cpSync(site.path('reports.kept'), site.path('reports'), { recursive: true });
}

async function tryOne({ site, expected, seconds }, { fault, index, seed }) {
  const { cause, seesLess = false, losesCache = false } = fault;
  putBack(site, index % 2 === 0);
  const moment = drawn(seed, fault.what, index) * seconds * 1.1;
  const pick = drawn(seed, fault.what, index, 'pick');
  const now = await cause({ site, expected, moment, pick, index });
  const left = draftsIn(filesIn(site.path('reports'))).length;
  // Without the inventory of the run before, a report rightly says nothing of what changed since: only its wholeness counts.
  const harms = losesCache ? now : [...now, ...harmOf(site, expected, seesLess)];
  if (losesCache) putBack(site, true);
  return { harms: [...harms, ...(await harmAfter(site, expected))], left };
}

/** `size` full: two sites side by side. */
export async function run({ seed, size }) {
  const sites = await Promise.all(Array.from({ length: size === 'full' ? 2 : 1 }, () => makeReady(size)));
  const rows = FAULTS.map((fault) => ({ what: fault.what, times: 0, lost: 0, harms: [], left: 0 }));
  const jobs = FAULTS.flatMap((fault, row) =>
    (fault.needsMount && !mountable) || !fault.what.includes(process.env.TORTURE_ONLY ?? '')
      ? []
      : Array.from({ length: fault[size] }, (_, index) => ({ fault, row, index, seed })),
  );
  await Promise.all(
    sites.map(async (ready) => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        const { harms, left } = await tryOne(ready, job);
        const row = rows[job.row];
        row.times += 1;
        row.left += left;
        if (harms.length === 0) continue;
        row.lost += 1;
        row.harms.push(`#${job.index}: ${harms.join(', ')}`);
        if (process.env.TORTURE_VERBOSE) console.error(row.what, job.index, harms.join(', '));
      }
    }),
  );
  for (const { site } of sites) await site.end();
  const tried = rows.filter(({ times }) => times > 0);
  return tried.map(({ harms, left, ...row }) => ({
    ...row,
    note: [...harms.slice(0, 2), ...(left > 0 ? [`${left} drafts left by killed runs`] : [])].join('; '),
  }));
}

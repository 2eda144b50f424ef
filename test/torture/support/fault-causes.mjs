// What can go wrong around a run, and how it is brought about: each cause answers what was wrong about the way in which the run ended.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { draftsIn, filesIn, wholeFilesIn } from './audit-site.mjs';
import { GATE_FAILED, isWhole } from './fault-harms.mjs';

const INTERRUPTED = 130;

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

export const mountable = (() => {
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

/** How often each is tried; `losesCache`: the next run has nothing to compare with. */
export const FAULTS = [
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

// What the largest customers would bring: an account of 10,000 projects with 50,000 keys on a simulated clock, rules and reports over
// 50,000 keys, a leak scan that knows 50,000 keys, all of it in one process, and repositories that the disk does not hold. What that
// means for 5,000 repositories is worked out in results/scale.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { largeAudit } from '../support/scale-audits.mjs';
import { smallDisks } from '../support/small-disk.mjs';

export const name = 'Scale';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const SIZES = {
  full: { projects: 10_000, perProject: 5, findings: 100_000, perFinding: 0.5 },
  small: { projects: 50, perProject: 5, findings: 1_000, perFinding: 0.5 },
};
const MAX_MB = 700;
/** Against the documented limit of ten requests a second; 4 % of it is slack. */
const MAX_DELAY = 1.06;

function output(script, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at(script), ...args], { encoding: 'utf8' });
  if (status !== 0 && stdout === '') throw new Error(`${script} ended with ${status}: ${stderr.slice(-500)}`);
  return stdout;
}

const row = (what, harms, note) => ({
  what,
  times: 1,
  lost: harms.filter(Boolean).length > 0 ? 1 : 0,
  note: [...harms.filter(Boolean), note].join('; '),
});

function collection({ projects, perProject }) {
  const told = JSON.parse(output('../support/collect-large-account.mjs', [projects, perProject].map(String)));
  const least = told.requests / 10 / 60;
  return row(
    `collect ${told.keys - 1} keys of ${projects} projects at api.video, 50 ms away, ten requests a second`,
    [
      told.keys !== projects * perProject + 1 && 'keys are missing',
      !told.isComplete && 'not complete',
      told.refused > 0 && `${told.refused} requests were refused`,
      projects > 1_000 && told.minutes > least * MAX_DELAY && 'slower than the limit asks for',
      told.mb > MAX_MB && 'too much memory',
    ],
    `${told.requests} requests, ${told.minutes.toFixed(1)} min of the vendor's time, ${told.cpuSeconds.toFixed(0)} s of the processor's, ${told.mb.toFixed(0)} MB`,
  );
}

function rules({ projects, perProject }) {
  const keys = projects * perProject;
  const said = output('../../bench/rules.mjs', [`--keys=${keys}`, '--round']).trim();
  const megabytes = Number(/at most (\d+) MB/.exec(said)?.[1] ?? Number.NaN);
  return row(`judge ${keys} keys`, [!(megabytes < MAX_MB) && 'too much memory'], said);
}

function report(format, { findings, perFinding }) {
  const args = [`--round=${format}`, `--findings=${findings}`, `--keys-per-finding=${perFinding}`];
  const { cpuSeconds, bytes, peakMb } = JSON.parse(output('../../bench/reports.mjs', args));
  return row(
    `write ${format} of ${findings} findings in ${findings * perFinding} keys`,
    [peakMb > MAX_MB && 'too much memory'],
    `${cpuSeconds.toFixed(1)} s of the processor's, ${(bytes / 1e6).toFixed(0)} MB of files, at most ${peakMb.toFixed(0)} MB`,
  );
}

function leaks(count, repository) {
  const start = performance.now();
  const told = JSON.parse(output('../../bench/leak-runs/scan-once.mjs', [repository, String(count)]));
  const seconds = (performance.now() - start) / 1000;
  return row(
    `scan ${told.objects} objects for ${count} known keys and with all detectors`,
    [told.maxRssMb > 2 * MAX_MB && 'too much memory', told.status === 'failed' && 'not scanned'],
    `${seconds.toFixed(1)} s of the clock's, ${told.maxRssMb} MB, ${told.status}`,
  );
}

/** This project's own, where it was cloned; TORTURE_REPOSITORY names a larger one. */
function repositories() {
  if (process.env.TORTURE_REPOSITORY !== undefined) return [process.env.TORTURE_REPOSITORY];
  try {
    const args = ['rev-parse', '--path-format=absolute', '--git-common-dir'];
    return [execFileSync('git', args, { cwd: at('.'), encoding: 'utf8', stdio: 'pipe' }).trim()];
  } catch {
    return [];
  }
}

/** One process that does it all; with less memory than Node takes by itself; with more keys than are believed. */
function* audits({ projects, perProject }, isFull) {
  const size = { projects, perProject, repositories: repositories() };
  const keys = projects * perProject;
  const what = `one audit of ${keys} keys: collect, judge, scan, six formats`;
  if (!isFull) return yield* largeAudit({ what, ...size });
  yield* largeAudit({ what, again: `${what}: again, compared with the first`, ...size });
  yield* largeAudit({ what: `${what}, in a heap of 1 GB`, heapMb: 1_024, ...size });
  yield* largeAudit({ what: `one audit of ${2 * keys} keys`, ...size, projects: 2 * projects });
}

function* parts(wanted, isFull) {
  yield () => [collection(wanted)];
  yield () => [rules(wanted)];
  const formats = isFull ? ['sarif', 'markdown', 'html', 'json', 'junit', 'csv'] : ['sarif', 'json'];
  for (const format of formats) yield () => [report(format, wanted)];
  const counts = [...(isFull ? [1] : []), wanted.projects * wanted.perProject];
  for (const repository of repositories()) for (const count of counts) yield () => [leaks(count, repository)];
}

/** `--only` takes `parts`, `audits` or `disk`. */
export async function* run({ size, wants }) {
  const wanted = SIZES[size];
  const isFull = size === 'full';
  if (wants('parts')) for (const part of parts(wanted, isFull)) yield* part();
  if (wants('audits')) yield* audits(wanted, isFull);
  if (wants('disk') && isFull) yield* smallDisks(32 * 2 ** 20);
}

// Repositories that strangers made: nothing of them is run, nothing outside is read or written, nothing is called clean
// that was not read, and memory stays within a bound.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES } from '../support/hostile-repositories.mjs';
import { LARGE_CASES } from '../support/large-repositories.mjs';
import { scanPath } from '../support/scan-child.mjs';

export const name = 'Hostile repositories';

/** Node itself, the pack reader's working memory and a window of content; and for git, its own caches. */
const OWN_MIB = 600;
const CHILD_MIB = 700;
const TIMEOUT_MS = 60_000;

/** Names, sizes and times of all that is there: a scan changes none of it. */
function stampOf(folder) {
  const listed = execFileSync('find', [folder, '-printf', '%p %s %T@ %m\\n'], { maxBuffer: 2 ** 28 });
  return listed.toString('latin1').split('\n').sort().join('\n');
}

const isControl = (character) => character !== '\n' && character !== '\t' && character < ' ';

/** What is wrong with what came out. */
function harmOf(attempt, scan, { marker, isChanged }) {
  const harms = [];
  const { code, said, report } = scan;
  if (code === null) harms.push(`did not end within ${Math.round(scan.seconds)} s`);
  else if (![0, 1, 3].includes(code)) harms.push(`ended with ${code}: ${said.slice(0, 300)}`);
  if (existsSync(marker)) harms.push('a command of the repository ran');
  if (isChanged) harms.push('something in the repository changed');
  if (scan.left.length > 0) harms.push(`temporary files stay: ${scan.left.join(', ')}`);
  if (scan.own > (attempt.ownMiB ?? OWN_MIB)) harms.push(`took ${Math.round(scan.own)} MiB`);
  if (scan.child > (attempt.childMiB ?? CHILD_MIB)) harms.push(`git took ${Math.round(scan.child)} MiB`);
  if (Array.from(said).some(isControl)) harms.push('control characters were printed');
  return report === undefined ? harms : [...harms, ...harmInReport(attempt, report)];
}

function harmInReport(attempt, { findings, coverage }) {
  const isFound = findings.some(({ rule }) => rule.startsWith('leaked-'));
  const gaps = coverage.filter(({ status }) => status !== 'complete');
  const isTold = gaps.length > 0 && gaps.every(({ reason }) => reason);
  const harms = [];
  if (attempt.found && !isFound && !attempt.mayMiss) harms.push('the key was not found');
  if (attempt.mayMiss && !isFound && !isTold) harms.push('falsely clean');
  if (attempt.told && !isTold && !attempt.mayBeUnharmed) harms.push('coverage is complete');
  if (!attempt.told && !attempt.mayTell && !attempt.mayMiss && gaps.length > 0)
    harms.push(`coverage: ${gaps.map(({ reason }) => reason).join('; ')}`);
  return harms;
}

async function tryOne(attempt) {
  const folder = mkdtempSync(join(tmpdir(), 'torture-repository-'));
  const marker = join(folder, 'marker');
  const home = join(folder, 'r');
  mkdirSync(home);
  try {
    const path = await attempt.build(home, marker);
    const before = stampOf(home);
    rmSync(marker, { force: true });
    const options = { timeoutMs: attempt.timeoutMs ?? TIMEOUT_MS, env: { HOME: folder } };
    const scan = attempt.staged
      ? await scanPath(['--staged'], { ...options, cwd: path })
      : await scanPath([path], { ...options, cwd: folder });
    return { scan, harms: harmOf(attempt, scan, { marker, isChanged: stampOf(home) !== before }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each with its bound. */
const figures = (attempt, { seconds, own, child }) =>
  `${seconds.toFixed(1)} s of ${(attempt.timeoutMs ?? TIMEOUT_MS) / 1000}; ${Math.round(own)} MiB of ${attempt.ownMiB ?? OWN_MIB}, git ${Math.round(child)} of ${attempt.childMiB ?? CHILD_MIB}`;

/** In a small share, every eighth of the small cases. */
export async function* run({ size, wants }) {
  const cases = size === 'full' ? [...CASES, ...LARGE_CASES] : CASES.filter((_case, i) => i % 8 === 0);
  for (const attempt of cases.filter(({ what }) => wants(what))) {
    const { scan, harms } = await tryOne(attempt);
    if (process.env.TORTURE_VERBOSE) {
      const told = scan.report?.coverage.map(
        ({ part, status, reason }) => `${part}: ${status} ${reason ?? ''}`,
      );
      console.error(attempt.what, '|', scan.code, harms, told);
    }
    const note = [...harms, figures(attempt, scan)].join('; ');
    yield { what: attempt.what, times: 1, lost: harms.length > 0 ? 1 : 0, note };
  }
}

// Audits of repositories on a disk that may not hold them all, and what they ever took of it.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSite, REPOSITORIES } from './audit-site.mjs';
import { gitIn } from './raw-git.mjs';

function bytesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true }).reduce((sum, path) => {
      const found = statSync(join(folder, path), { throwIfNoEntry: false });
      return sum + (found?.isFile() ? found.size : 0);
    }, 0);
  } catch {
    return 0;
  }
}

/** GitHub tells next to nothing of it: what it says of sizes is a guess. */
function makeLarge(site, bytes) {
  for (const name of REPOSITORIES) {
    const clone = site.path('enlarged');
    gitIn(site.folder, '', 'clone', '-q', join(site.server.repositories, `${name}.git`), clone);
    writeFileSync(join(clone, 'large.bin'), randomBytes(bytes));
    gitIn(clone, '', 'add', 'large.bin');
    gitIn(clone, '', 'commit', '-q', '-m', 'large');
    gitIn(clone, '', 'push', '-q');
    rmSync(clone, { recursive: true });
  }
}

async function measure(site, extra) {
  rmSync(site.path('cache'), { recursive: true, force: true });
  let peak = 0;
  const look = () => (peak = Math.max(peak, bytesBelow(site.path('cache/repositories-1'))));
  const timer = setInterval(look, 5);
  const { code, said } = await site.audit(extra).ended;
  clearInterval(timer);
  look();
  const { coverage, findings } = JSON.parse(readFileSync(site.path('reports/keyaudit.json'), 'utf8'));
  const gaps = coverage.filter(({ kind, status }) => kind === 'repository' && status !== 'complete');
  return { code, said, mib: peak / 2 ** 20, gaps, found: findings.map(({ id }) => id).join(' ') };
}

/** What git writes between two looks at the disk, a tenth of a second apart. */
const SLACK_MIB = 16;

function rowOf({ maxMiB, bytes, fits }, free, bound) {
  const harms = [
    ![1, 3].includes(bound.code) && `ended with ${bound.code}: ${bound.said.slice(-200)}`,
    fits && bound.found !== free.found && 'other findings than with a disk for all',
    fits && bound.gaps.length > free.gaps.length && `not read: ${bound.gaps[0]?.reason}`,
    !fits && bound.gaps.length === 0 && 'called complete',
    bound.mib > maxMiB + SLACK_MIB && 'more on the disk than may be',
  ].filter(Boolean);
  const told = fits
    ? 'the same findings'
    : `${bound.gaps.length} told as not read: ${bound.gaps[0]?.reason.slice(0, 120)}`;
  return {
    what: `--max-disk ${maxMiB}M over ${REPOSITORIES.length} repositories of ${bytes / 2 ** 20} MiB each`,
    times: 1,
    lost: harms.length > 0 ? 1 : 0,
    note: [
      ...harms,
      `at most ${bound.mib.toFixed(1)} MiB on the disk, without the flag ${free.mib.toFixed(1)}; ${told}`,
    ].join('; '),
  };
}

/** With room for one of them at a time, and for none. */
export async function* smallDisks(bytes) {
  const site = await openSite();
  try {
    makeLarge(site, bytes);
    const free = await measure(site, []);
    const mib = bytes / 2 ** 20;
    for (const [maxMiB, fits] of [
      [mib * 1.5, true],
      [mib / 2, false],
    ])
      yield rowOf({ maxMiB, bytes, fits }, free, await measure(site, ['--max-disk', `${maxMiB}M`]));
  } finally {
    await site.end();
  }
}

// What goes wrong around a run, at random moments of one. After each fault: every file is whole or absent, and the next
// run writes what an undisturbed one does.
import { createHash } from 'node:crypto';
import { draftsIn, filesIn } from '../support/audit-site.mjs';
import { FAULTS, mountable } from '../support/fault-causes.mjs';
import { harmAfter, harmOf } from '../support/fault-harms.mjs';
import { makeReady, putBack } from '../support/fault-site.mjs';

export const name = 'Faults';

/** A number from 0 to 1 that depends on the seed and the place alone. */
const drawn = (...parts) => createHash('sha256').update(parts.join('/')).digest().readUInt32BE(0) / 2 ** 32;

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

/** All tries of one fault, on as many sites as there are. */
async function rowOf(fault, sites, { seed, times }) {
  const harms = [];
  let [left, next] = [0, 0];
  const work = async (ready) => {
    while (next < times) {
      const index = next++;
      const one = await tryOne(ready, { fault, index, seed });
      left += one.left;
      if (one.harms.length === 0) continue;
      harms.push(`#${index}: ${one.harms.join(', ')}`);
      if (process.env.TORTURE_VERBOSE) console.error(fault.what, harms.at(-1));
    }
  };
  await Promise.all(sites.map(work));
  const drafts = left > 0 ? [`${left} drafts left by killed runs`] : [];
  const note = [...harms.slice(0, 2), ...drafts].join('; ');
  return { what: fault.what, times, lost: harms.length, note };
}

/** `size` full: two sites side by side. */
export async function* run({ seed, size, wants }) {
  const faults = FAULTS.filter(
    (fault) => fault[size] > 0 && wants(fault.what) && (!fault.needsMount || mountable),
  );
  const sites = await Promise.all(Array.from({ length: size === 'full' ? 2 : 1 }, () => makeReady(size)));
  try {
    for (const fault of faults) yield await rowOf(fault, sites, { seed, times: fault[size] });
  } finally {
    for (const { site } of sites) await site.end();
  }
}

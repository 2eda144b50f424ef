// The audit that faults happen to, and how everything is put back before each try.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { openSite } from './audit-site.mjs';
import { keptOf, reportsOf } from './fault-harms.mjs';

/** A baseline, and what the register becomes when it is extended. */
async function prepareCommands(site) {
  await site.start(['baseline', '--as-of', site.asOf]).ended;
  cpSync(site.path('audit.keys.yaml'), site.path('audit.keys.kept'));
  await site.start(['collect', '--out', 'keys.json', '--write-register']).ended;
  const extended = readFileSync(site.path('audit.keys.yaml'), 'latin1');
  cpSync(site.path('audit.keys.kept'), site.path('audit.keys.yaml'));
  return extended;
}

export async function makeReady(size) {
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
export function putBack(site, isFresh) {
  for (const folder of ['reports', 'cache', 'tmp']) {
    rmSync(site.path(folder), { recursive: true, force: true });
  }
  mkdirSync(site.path('tmp'));
  cpSync(site.path('cache.kept/inventory.json'), site.path('cache/inventory.json'));
  cpSync(site.path('reports.kept/history.jsonl'), site.path('reports/history.jsonl'));
  if (!isFresh) cpSync(site.path('cache.kept'), site.path('cache'), { recursive: true });
  if (!isFresh) cpSync(site.path('reports.kept'), site.path('reports'), { recursive: true });
}

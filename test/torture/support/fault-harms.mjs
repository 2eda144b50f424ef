// What a fault did to the files of a run, right after it and after the next run.
import { existsSync, readFileSync } from 'node:fs';
import { draftsIn, filesIn, wholeFilesIn } from './audit-site.mjs';

export const GATE_FAILED = 1;
const KEPT = ['audit.config.yaml', 'audit.keys.yaml', 'audit.baseline'];

/** When a cache's inventory was read is the one thing that an undisturbed run does not repeat. */
const comparable = (files) =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replace(/"since":"[^"]*"/g, '"since":"…"')]),
  );

export const reportsOf = (site) => comparable(wholeFilesIn(filesIn(site.path('reports'))));
export const keptOf = (site) =>
  Object.fromEntries(
    KEPT.filter((file) => existsSync(site.path(file))).map((file) => [
      file,
      readFileSync(site.path(file), 'latin1'),
    ]),
  );

/** Whether a report is all there, judged without the expected one: a run that saw less rightly writes less. */
export function isWhole(path, text) {
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
export function harmOf(site, expected, seesLess) {
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
export async function harmAfter(site, expected) {
  const { code, said } = await site.audit().ended;
  const reports = reportsOf(site);
  const harms = code === GATE_FAILED ? [] : [`the next run ended with ${code}: ${said.slice(-200)}`];
  for (const path of new Set([...Object.keys(reports), ...Object.keys(expected.reports)]))
    if (reports[path] !== expected.reports[path]) harms.push(`${path} differs after the next run`);
  if (draftsIn(filesIn(site.path('reports'))).length > 0) harms.push('a draft stays in the reports');
  return harms;
}

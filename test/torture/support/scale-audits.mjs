// Rows of whole audits of a large account, each in one process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('audit-large-account.mjs', import.meta.url));
/** What a machine of 4 GB has left beside an audit, and more. */
const MAX_MB = 2_000;
const MAX_RECORDS = 100_000;

function auditIn(folder, { projects, perProject, heapMb, repositories }) {
  const limit = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
  const args = [...limit, SCRIPT, projects, perProject, folder, ...repositories].map(String);
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) return { harm: `ended with ${status}: ${stderr.slice(-300)}` };
  const report = JSON.parse(readFileSync(join(folder, 'reports/keyaudit.json'), 'utf8'));
  return { ...JSON.parse(stdout), report };
}

const phase = (name, { seconds, cpuSeconds, mb }) =>
  `${name} after ${seconds.toFixed(0)} s (${cpuSeconds.toFixed(0)} s of the processor's) and ${mb} MB`;

function noteOf({ code, requests, bytes, heapMb, peaks, report }) {
  const { findings, keys, leaks } = report;
  return [
    `exit ${code}`,
    `${requests} requests, ${findings.length} findings in ${keys.length} keys, ${leaks?.length ?? report.counts.leaks} leaks, ${(bytes / 1e6).toFixed(0)} MB of files`,
    `heap of at most ${heapMb} MB`,
    ...Object.entries(peaks).map(([name, reached]) => phase(name, reached)),
  ].join('; ');
}

function harmsIn({ harm, code, planted, peaks, report }, { projects, perProject }) {
  if (harm !== undefined) return [harm];
  const isWhole = report.coverage.every(({ status }) => status === 'complete' || status === 'partial');
  const isTooLarge = projects * (perProject + 1) > MAX_RECORDS;
  const told = report.coverage.filter(({ reason }) => reason?.includes('more than 100000 records')).length;
  return [
    code !== 1 && `ended with ${code}`,
    peaks.written.mb > MAX_MB * (isTooLarge ? 1.5 : 1) && 'too much memory',
    report.counts.leaks < planted && `${planted - report.counts.leaks} leaks are missing`,
    !isTooLarge && report.keys.length !== projects * perProject + 1 && 'keys are missing',
    !isTooLarge && !isWhole && 'not read',
    isTooLarge && told === 0 && 'called complete',
  ].filter(Boolean);
}

function rowOf(what, told, size) {
  const harms = harmsIn(told, size);
  return {
    what,
    times: 1,
    lost: harms.length > 0 ? 1 : 0,
    note: [...harms, ...(told.harm === undefined ? [noteOf(told)] : [])].join('; '),
  };
}

/** `again`: a second run follows, which compares with what the first one kept. */
export function* largeAudit({ what, again, ...size }) {
  const folder = mkdtempSync(join(tmpdir(), 'torture-scale-'));
  try {
    yield rowOf(what, auditIn(folder, size), size);
    if (again !== undefined) yield rowOf(again, auditIn(folder, size), size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Runs the shipped leak scan over a path, in a process of its own, and tells what it did and what it took.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN } from './audit-site.mjs';

/** An interrupted run ends within two seconds; who does not is killed. */
const DYING_MS = 10_000;
const PEAK = /^VmHWM:\s+(\d+) kB/m;

function peakOf(pid) {
  try {
    return Number(PEAK.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

/** Peaks of resident memory in MiB, of the program and of the largest of its children; 0 where /proc is missing. */
export function watchMemory(pid) {
  const peaks = { own: 0, child: 0 };
  const timer = setInterval(() => {
    peaks.own = Math.max(peaks.own, peakOf(pid));
    for (const child of childrenOf(pid)) peaks.child = Math.max(peaks.child, peakOf(child));
  }, 10);
  return { peaks, stop: () => clearInterval(timer) };
}

/** @returns exit code (null: it had to be killed), seconds, peaks, what it said, and its JSON report where there is one. */
export async function scanPath(args, { cwd = tmpdir(), timeoutMs = 120_000, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'torture-scan-'));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [MAIN, 'leaks', ...args, '--out', join(folder, 'out'), '--format', 'json,sarif,markdown,html'],
    { cwd, env: { PATH: process.env.PATH, TMPDIR: folder, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const { peaks, stop } = watchMemory(child.pid);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  const timers = [
    setTimeout(() => child.kill('SIGTERM'), timeoutMs),
    setTimeout(() => child.kill('SIGKILL'), timeoutMs + DYING_MS),
  ];
  const code = await new Promise((resolve) => child.on('close', resolve));
  for (const timer of timers) clearTimeout(timer);
  stop();
  const seconds = (performance.now() - began) / 1000;
  const left = readdirSync(folder).filter((entry) => entry !== 'out');
  const report = reportIn(join(folder, 'out'));
  rmSync(folder, { recursive: true, force: true });
  return { code: seconds * 1000 >= timeoutMs ? null : code, seconds, ...peaks, said, left, report };
}

function reportIn(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'keyaudit.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

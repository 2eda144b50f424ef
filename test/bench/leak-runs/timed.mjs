// Runs a program and tells its wall time and the processor time of it and of all that it waited for.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** Seconds of all children that ended, where the system tells (Linux: fields 16 and 17, in hundredths). */
function childrenSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Where this is set, every start of Node reads a file of certificates: 0.05 s that say nothing about a scan. */
const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;

/** @param codes exit codes that are no failure */
export function timed(command, args, codes = [0]) {
  const cpu = childrenSeconds();
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { maxBuffer: 2 ** 28, env });
  const seconds = (performance.now() - start) / 1000;
  if (!codes.includes(status))
    throw new Error(`${command} ended with ${status}: ${stderr?.toString().slice(0, 500)}`);
  return { seconds, cpuSeconds: childrenSeconds() - cpu, stdout: stdout.toString() };
}

export const yardstick = (path) =>
  timed('sh', [
    '-c',
    'exec git -C "$1" cat-file --batch-all-objects --batch --unordered --buffer > /dev/null',
    'sh',
    path,
  ]);

export const spreadOf = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1], max: sorted.at(-1) };
};

export const shownSpread = ({ min, median, max }, digits = 2) =>
  `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;

export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model.trim() ?? '',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  git: execFileSync('git', ['--version']).toString().trim(),
  load: loadavg()[0].toFixed(1),
});

export const shownMachine = (kind) =>
  `${kind.cores} x ${kind.processor}, ${kind.memoryGb} GB, Node ${kind.node} without extra certificates, ${kind.git}, load at the start ${kind.load}.`;

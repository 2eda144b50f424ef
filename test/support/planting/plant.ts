import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import type { Bed, Planting } from './bed.js';
import { Draw } from './draw.js';
import { ImportStream } from './import-stream.js';
import { PLANTERS } from './plantings.js';

export interface Planted {
  readonly plantings: readonly Planting[];
  /** Keys that stand nowhere: the history holds only what nearly is one of them. */
  readonly absent: readonly string[];
}

/** Git in `path`, with nothing of this machine's configuration. */
export function gitIn(path: string, args: readonly string[], input: Uint8Array | string = ''): string {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: path,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const options = { cwd: path, env, input, stdio: 'pipe', maxBuffer: 1 << 28 } as const;
  return execFileSync('git', args, options).toString().trim();
}

/** Plants `rounds` values in every place of a bare repository, and near misses beside them. */
export function plantIn(path: string, { seed, rounds }: { seed: number; rounds: number }): Planted {
  const draw = new Draw(seed);
  const ref = gitIn(path, ['symbolic-ref', 'HEAD']);
  const bed: Bed = {
    draw,
    stream: new ImportStream(),
    commits: gitIn(path, ['rev-list', '--all', '--max-count=5000']).split('\n'),
    head: { ref, tip: gitIn(path, ['rev-parse', 'HEAD']) },
  };
  const plantings: Planting[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const [i, planter] of PLANTERS.entries()) plantings.push(planter(bed, `${seed}-${round}-${i}`));
  const absent = plantNearMisses(bed, seed);
  const commits = importInto(path, bed.stream.bytes());
  for (const name of gitIn(path, ['for-each-ref', '--format=%(refname)', 'refs/temporary/']).split('\n'))
    if (name !== '') gitIn(path, ['update-ref', '-d', name]);
  repack(path, draw);
  return { plantings: plantings.map((planting) => withCommitId(planting, commits)), absent };
}

function withCommitId(planting: Planting, commits: ReadonlyMap<string, string>): Planting {
  const { commit } = planting.expected;
  if (commit === undefined) return planting;
  return { ...planting, expected: { ...planting.expected, commit: commits.get(commit) ?? commit } };
}

function importInto(path: string, stream: Uint8Array): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-marks-'));
  const marks = join(folder, 'marks');
  gitIn(path, ['fast-import', '--quiet', '--done', '--force', `--export-marks=${marks}`], stream);
  const lines = readFileSync(marks, 'utf8').trim().split('\n');
  rmSync(folder, { recursive: true });
  return new Map(lines.map((line) => line.split(' ') as [string, string]));
}

/** As it came, with the new objects in deltas, or all anew; nothing unreachable is lost. */
function repack(path: string, draw: Draw): void {
  const ways = [[], ['-d'], ['-a', '-d', '-k', '-f', '--depth=50', '--window=20']];
  const way = draw.from(ways);
  if (way.length > 0) gitIn(path, ['repack', '-q', ...way]);
}

/** One character off, one short, the case of one letter, a piece moved: none of them is the key. */
function plantNearMisses({ stream, draw, head }: Bed, seed: number): string[] {
  const absent = Array.from({ length: 12 }, (_, i) =>
    fakeKey(draw.from(['api-video', 'vidbeo', 'cognitive3d-legacy'] as const), `absent-${seed}-${i}`),
  );
  const lines = absent.flatMap((key) => {
    const at = 5 + draw.below(key.length - 6);
    const misses = [
      `${key.slice(0, at)}z${key.slice(at + 1)}`,
      `${key.slice(0, at)}${key.slice(at + 1)}`,
      `${key.slice(0, at)}z${key.slice(at)}`,
      key.slice(1),
      key.slice(0, -1),
      key.slice(at) + key.slice(0, at),
    ];
    return misses.flatMap((miss) => [
      `= ${miss} =`,
      Buffer.from(miss).toString('hex'),
      Buffer.from(`${miss}:`).toString('base64'),
      Array.from(miss).reverse().join(''),
    ]);
  });
  head.tip = stream.commit({
    ref: head.ref,
    from: [head.tip],
    message: 'Nothing',
    files: { 'near-misses.txt': { bytes: lines.join('\n') } },
  });
  return absent;
}

import type { ConversationText } from '../core/conversation-text.js';
import { type Coverage, isComplete } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import type { Candidate } from '../core/leak.js';
import type { RunContext } from '../core/run-context.js';
import type { ScanTarget, ScanTargets } from '../core/scan-target.js';
import type { Secret } from '../core/secret.js';
import type { ScanCache } from './cache/scan-cache.js';
import type { ScanContext, ScanMemory } from './cache/scan-store.js';
import { candidatesOf } from './candidates.js';
import { failedCoverage } from './failed-coverage.js';
import { lookedForDigest } from './looked-for.js';
import { withFilter } from './filtered-needles.js';
import { type CompileRequest, compileNeedles } from './needles.js';
import type { PlacedHit } from './places.js';
import { scanTexts } from './scan-texts.js';
import { type MetRequest, scanWithMet } from './scan-met.js';
import type { TargetScan } from './scan-target.js';

export interface ScanRequest extends CompileRequest {
  readonly targets: ScanTargets;
  /** The texts around repositories, as their hosts give them; told by a digest what is looked for in them. */
  readonly texts?: (lookedFor: string) => AsyncIterable<ConversationText>;
  /** What earlier runs scanned; it changes how long a scan takes, and nothing else. */
  readonly cache?: ScanCache;
}

export interface ScanResult {
  /** The string that was seen first comes first. */
  readonly candidates: readonly Candidate[];
  /** In the order of the targets. */
  readonly coverage: readonly Coverage[];
  /** The strings behind the candidates that nobody knew by value, so that no report shows them: a path may hold one. */
  readonly met: readonly Secret[];
}

/**
 * Looks for key strings in folders and repositories, one after another. A target that cannot be read becomes failed
 * coverage, and the others go on. The result depends on the contents alone.
 * @throws `signal.reason` when that is aborted.
 */
export async function scanTargets(request: ScanRequest, ctx: RunContext): Promise<ScanResult> {
  const { known, detectors, pepper, manyValues } = request;
  const looked = { known, detectors, manyValues, ...(pepper === undefined ? {} : { pepper }) };
  const needles = withFilter(compileNeedles(looked));
  const memory = memoryOf(request);
  const within = memory === undefined ? ctx : { ...ctx, memory };
  const placed: PlacedHit[] = [];
  const coverage: Coverage[] = [];
  let left = Array.isArray(request.targets) ? request.targets.length : undefined;
  for await (const target of targetsOf(request.targets, memory)) {
    left = left === undefined ? undefined : left - 1;
    if (left !== undefined && left > 0) ctx.progress.detail(`scanning ${target.name}, ${left} left`);
    const scan = await scanOne(target, { ...looked, needles, memory }, within).catch((error: unknown) =>
      failedScan(target, error, ctx),
    );
    for (const hit of scan.placed) placed.push(hit);
    coverage.push(...scan.coverage);
  }
  if (request.texts !== undefined) {
    placed.push(...(await scanTexts(request.texts(lookedForDigest(request)), needles)));
  }
  return { candidates: candidatesOf(placed), coverage, met: [...needles.met.values()] };
}

function targetsOf(
  targets: ScanTargets,
  memory: ScanMemory | undefined,
): Exclude<ScanTargets, (...args: never) => unknown> {
  if (typeof targets !== 'function') return targets;
  return targets(
    async (path, version) => (await memory?.cache.loadSilent(path, coveredBy(memory, version))) !== undefined,
  );
}

/** What was looked for, and in what. */
const coveredBy = ({ tags }: ScanMemory, version: string): string => `${tags.digest} ${version}`;

interface Looking extends MetRequest {
  readonly memory: ScanMemory | undefined;
}

/** What may go is remembered by what was told of it, and what is gone is told again. */
async function scanOne(
  target: ScanTarget,
  { memory, ...request }: Looking,
  ctx: ScanContext,
): Promise<TargetScan> {
  const { path, name, passing } = target;
  if (passing?.isGone === true) {
    const coverage = await memory?.cache.loadSilent(path, coveredBy(memory, passing.version));
    if (coverage === undefined) throw new GoneError();
    return { placed: [], coverage: coverage.map((entry) => ({ source: name, ...entry })) };
  }
  const scan = await scanWithMet(target, request, ctx);
  if (passing !== undefined && memory !== undefined) {
    const isSilent = scan.placed.length === 0 && isComplete(scan.coverage);
    const coverage = scan.coverage.map(({ source: _source, ...entry }) => entry);
    const covered = coveredBy(memory, passing.version);
    await memory.cache.saveSilent(path, isSilent ? { covered, coverage } : undefined);
  }
  return scan;
}

/** Somebody threw the cache away while it was in use. */
class GoneError extends AuditError {
  readonly exitCode = 3;

  constructor() {
    super('what an earlier run kept of it is gone', { hint: 'run the audit again' });
  }
}

function memoryOf({ cache, known, detectors, pepper }: ScanRequest): ScanMemory | undefined {
  const request = { known, detectors, ...(pepper === undefined ? {} : { pepper }) };
  return cache === undefined ? undefined : { cache, tags: cache.tagsOf(request) };
}

const failedScan = (target: ScanTarget, error: unknown, ctx: RunContext): TargetScan => ({
  placed: [],
  coverage: [failedCoverage({ source: target.name, part: 'objects' }, error, ctx)],
});

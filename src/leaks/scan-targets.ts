import type { ConversationText } from '../core/conversation-text.js';
import type { Coverage } from '../core/coverage.js';
import type { Candidate } from '../core/leak.js';
import type { RunContext } from '../core/run-context.js';
import type { ScanTarget } from '../core/scan-target.js';
import type { Secret } from '../core/secret.js';
import type { ScanCache } from './cache/scan-cache.js';
import type { ScanMemory } from './cache/scan-store.js';
import { candidatesOf } from './candidates.js';
import { failedCoverage } from './failed-coverage.js';
import { lookedForDigest } from './looked-for.js';
import { withFilter } from './filtered-needles.js';
import { compileNeedles, type CompileRequest } from './needles.js';
import type { PlacedHit } from './places.js';
import { scanTexts } from './scan-texts.js';
import { scanTarget, type TargetScan } from './scan-target.js';

export interface ScanRequest extends CompileRequest {
  /** Asynchronous ones are scanned before the next one is asked for. */
  readonly targets: readonly ScanTarget[] | AsyncIterable<ScanTarget>;
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
  const needles = withFilter(compileNeedles(request));
  const memory = memoryOf(request);
  const within = memory === undefined ? ctx : { ...ctx, memory };
  const placed: PlacedHit[] = [];
  const coverage: Coverage[] = [];
  for await (const target of request.targets) {
    const scan = await scanTarget(target, needles, within).catch((error: unknown) =>
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

function memoryOf({ cache, known, detectors, pepper }: ScanRequest): ScanMemory | undefined {
  const request = { known, detectors, ...(pepper === undefined ? {} : { pepper }) };
  return cache === undefined ? undefined : { cache, tags: cache.tagsOf(request) };
}

const failedScan = (target: ScanTarget, error: unknown, ctx: RunContext): TargetScan => ({
  placed: [],
  coverage: [failedCoverage({ source: target.name, part: 'objects' }, error, ctx)],
});

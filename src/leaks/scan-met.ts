import type { Fingerprint } from '../core/digest.js';
import type { ScanTarget } from '../core/scan-target.js';
import type { ScanContext } from './cache/scan-store.js';
import { withFilter } from './filtered-needles.js';
import { compareRecognised, type Recognised } from './hit.js';
import { type CompileRequest, compileNeedles, type KnownKey, type Needles } from './needles.js';
import { scanTarget, type TargetScan } from './scan-target.js';

/** Shorter strings that some detector takes for a key stand elsewhere as something else. */
const MIN_LENGTH = 16;
/** More are no keys that somebody left in a repository. */
const MAX_MET = 10_000;

export interface MetRequest extends CompileRequest {
  /** Made from the same request. */
  readonly needles: Needles;
}

/**
 * Scans a target, and where a detector met strings that nobody knew by value, once more with them as values: next to a vendor's
 * name a key is told by that, in another file or an encoding by itself. What is found depends on this target alone.
 * @throws as {@link scanTarget}.
 */
export async function scanWithMet(
  target: ScanTarget,
  { needles, ...request }: MetRequest,
  ctx: ScanContext,
): Promise<TargetScan> {
  const own = { ...needles, met: new Map() };
  const telling = new Map<string, ReadonlySet<string>>();
  const scan = await scanTarget(target, own, { ...ctx, telling });
  for (const [fingerprint, secret] of own.met) needles.met.set(fingerprint, secret);
  const met = metIn(scan, own);
  if (met.length === 0) return scan;
  ctx.progress.detail(`${target.name}: looking everywhere for ${met.length} strings that were met in it`);
  const keys = met.map(({ key }) => key);
  const more = { ...request, known: [...request.known, ...keys] };
  const taken = new Map(met.map(({ key, account }) => [key.fingerprint, account]));
  const again = withFilter({ ...compileNeedles(more), taken, met: needles.met });
  // What told something is looked at again for everything, the rest for nothing but these strings.
  const missed = compileNeedles({ ...request, known: keys, detectors: [] });
  return scanTarget(target, again, { ...memorizing(more, ctx), earlier: { telling, missed } });
}

interface Met {
  readonly key: KnownKey;
  /** What it was taken for where it was told best. */
  readonly account: Recognised;
}

function metIn({ placed }: TargetScan, { met, fingerprints }: Needles): readonly Met[] {
  const known = new Set(fingerprints);
  const accounts = new Map<Fingerprint, Recognised>();
  for (const { hit } of placed) {
    const before = accounts.get(hit.fingerprint);
    if (before === undefined || compareRecognised(hit, before) < 0) accounts.set(hit.fingerprint, hit);
  }
  const all = [...accounts].flatMap(([fingerprint, { vendor, recognition, confidence }]) => {
    const secret = met.get(fingerprint);
    if (secret === undefined || secret.length < MIN_LENGTH || known.has(fingerprint)) return [];
    return [{ key: { fingerprint, secret }, account: { fingerprint, vendor, recognition, confidence } }];
  });
  return all.slice(0, MAX_MET);
}

/** What is kept between runs is kept for these needles too. */
function memorizing({ known, detectors, pepper }: CompileRequest, ctx: ScanContext): ScanContext {
  if (ctx.memory === undefined) return ctx;
  const { cache } = ctx.memory;
  const tags = cache.tagsOf({ known, detectors, ...(pepper === undefined ? {} : { pepper }) });
  return { ...ctx, memory: { cache, tags } };
}

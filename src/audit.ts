import type { Config } from './config/config.js';
import { compareText } from './core/compare-text.js';
import { isKnown } from './core/fact.js';
import type { KeyRecord } from './core/key.js';
import type { ConversationText } from './core/conversation-text.js';
import { type Coverage, isComplete } from './core/coverage.js';
import type { Collected, Inventory } from './core/inventory.js';
import type { Instant } from './core/instant.js';
import type { AuditResult } from './core/result.js';
import type { RunContext } from './core/run-context.js';
import type { ScanTargets } from './core/scan-target.js';
import type { Secret } from './core/secret.js';
import type { Sightings } from './core/sightings.js';
import { KeyRing } from './core/key-ring.js';
import { correlate } from './correlate/correlate.js';
import type { Environment } from './credentials/resolve-credential.js';
import { eachSubject } from './facts/subjects.js';
import { toFindings } from './findings/assemble.js';
import { count } from './findings/count.js';
import { forecast, forecastDay } from './findings/forecast.js';
import { gate } from './findings/gate.js';
import { riskOrder } from './findings/risk.js';
import { summarizeTexts } from './github/summarize-texts.js';
import { declareKeys } from './inventory/declare.js';
import { deletedKeys } from './inventory/deleted-keys.js';
import { driftBetween } from './inventory/drift.js';
import { emptyInventory } from './inventory/empty-inventory.js';
import { withAgeChecked } from './inventory/inventory-age.js';
import { withLastGood } from './inventory/last-good.js';
import type { Register } from './inventory/register.js';
import type { ScanCache } from './leaks/cache/scan-cache.js';
import type { Detector } from './leaks/detectors/detector.js';
import type { KnownKey } from './leaks/needles.js';
import { scanTargets } from './leaks/scan-targets.js';
import { complianceOf } from './rules/compliance.js';
import { judge } from './rules/evaluate.js';
import { overrideNotes } from './rules/override-notes.js';
import type { JudgingRules } from './rules/rule-set.js';

/** By what to judge. */
export interface Judging {
  readonly tool: AuditResult['tool'];
  readonly config: Config;
  readonly register: Register | undefined;
  readonly rules: JudgingRules;
  readonly asOf: Instant;
  /** The day to look ahead to; a week after `asOf` unless given. */
  readonly until?: Instant | undefined;
  /** What was kept of earlier runs, for drift and for sources that cannot be read. */
  readonly previous?: Inventory | undefined;
  /** What there is to say before anything is read. */
  readonly notes?: readonly string[];
  /** Ids of findings that were accepted as known; undefined without a baseline. */
  readonly known?: ReadonlySet<string> | undefined;
}

/** What to audit, and by what. */
export interface AuditRequest extends Judging {
  readonly detectors: readonly Detector[];
  /** Judged instead of asking the vendors. */
  readonly recorded: Inventory | undefined;
}

/** What the audit works with. */
export interface AuditContext extends RunContext {
  readonly env: Environment;
  readonly pepper?: Secret;
  /** Told every secret as soon as it is known, before anything is said about it. */
  readonly protect: (secrets: readonly Secret[]) => void;
  /** Now, or the day of `--as-of`: then the same input gives the same bytes. */
  readonly stamp: () => Instant;
  /** Told what was collected and declared, so that it can be kept for the next run. */
  readonly keep: (inventory: Inventory) => void;
  /** What earlier runs scanned. */
  readonly scanCache?: ScanCache | undefined;
  /** Brings every configured repository onto the disk, and opens the texts around them. */
  readonly gather: () => Promise<{
    readonly targets: ScanTargets;
    readonly texts: (lookedFor: string) => AsyncIterable<ConversationText>;
    readonly coverage: () => readonly Coverage[];
    /** Of the texts: one entry a list. Whole when `texts` was read. */
    readonly textCoverage: () => readonly Coverage[];
  }>;
}

/** The whole line: collect, declare, scan, join, judge, label, gate. */
export async function audit(request: AuditRequest, ctx: AuditContext): Promise<AuditResult> {
  return conclude(request, await look(request, ctx), ctx.stamp);
}

/** The first half of the line, which asks and reads: collect, declare, scan. */
export async function look(request: AuditRequest, ctx: AuditContext): Promise<Sightings> {
  const startedAt = ctx.stamp();
  const [{ inventory, ring, standIns }, fetched] = await Promise.all([collect(request, ctx), ctx.gather()]);
  ctx.protect(ring.entries().map(({ secret }) => secret));
  const { keys } = declareKeys(inventory.keys, request.register);
  ctx.keep({ ...inventory, keys });

  const count = Array.isArray(fetched.targets) ? `, repositories and folders ${fetched.targets.length}` : '';
  ctx.progress.note(`Looking for leaks: known keys ${keys.length}${count}`);
  const scan = await scanTargets(
    {
      targets: fetched.targets,
      texts: fetched.texts,
      known: [
        ...wanted(keys, ring),
        ...wanted(deletedKeys(inventory, request.register, request.config.sources), ring),
      ],
      detectors: request.detectors,
      ...(ctx.pepper === undefined ? {} : { pepper: ctx.pepper }),
      ...(ctx.scanCache === undefined ? {} : { cache: ctx.scanCache }),
    },
    ctx,
  );
  ctx.protect(scan.met);
  return {
    startedAt,
    inventory,
    candidates: scan.candidates,
    coverage: [...fetched.coverage(), ...scan.coverage],
    texts: fetched.textCoverage(),
    notes: standIns,
  };
}

/** The second half, which only thinks: join, judge, label, gate. */
export function conclude(request: Judging, seen: Sightings, stamp: () => Instant): AuditResult {
  const { config, rules, asOf, previous } = request;
  const { projects } = seen.inventory;
  const { keys, unmatched } = declareKeys(seen.inventory.keys, request.register);
  const deleted = deletedKeys(seen.inventory, request.register, config.sources);
  const leaks = correlate(seen.candidates, [...keys, ...deleted]);
  const facts = {
    egress: config.network.egress,
    roster: config.roster?.users ?? [],
    register: request.register !== undefined,
    keys,
    deleted,
    projects,
    leaks,
    ...(previous === undefined ? {} : { previousKeys: previous.keys }),
  };
  const coverage = [
    ...seen.inventory.coverage,
    ...[...seen.coverage, ...summarizeTexts(seen.texts)].toSorted(bySource),
  ];
  const complete = isComplete(coverage);
  const judgeOn = (day: Instant) => {
    const evaluation = judge(rules, eachSubject({ ...facts, asOf: day }));
    const { suppressions } = config;
    const policy = { asOf: day, suppressions, complete, knownIds: request.known };
    return { evaluation, ...toFindings(evaluation, policy) };
  };
  const { evaluation, findings, notes } = judgeOn(asOf);
  const until = forecastDay(asOf, request.until);
  const drift = previous && driftBetween(previous, { ...seen.inventory, keys });
  return {
    schemaVersion: 1,
    tool: request.tool,
    run: { asOf, startedAt: seen.startedAt, finishedAt: stamp() },
    coverage,
    keys,
    ...(deleted.length === 0 ? {} : { deletedKeys: deleted }),
    projects,
    leaks,
    findings,
    gaps: evaluation.gaps,
    counts: count({ findings, byVerdict: evaluation.byVerdict, keys, projects, leaks }),
    gate: gate({ findings, coverage, policy: config.gate }),
    notes: [
      ...(request.notes ?? []),
      ...(seen.notes ?? []),
      ...notes,
      ...staleEntries(unmatched, coverage).map(unmatchedNote),
      ...overrideNotes(rules.rules, config.rules.disable),
    ],
    rules: rules.rules,
    compliance: complianceOf(rules.rules, { byRule: evaluation.byRule, complete }),
    forecast: forecast(findings, judgeOn(until).findings, until),
    risks: riskOrder({ findings, keys, leaks, asOf }),
    ...(drift === undefined ? {} : { drift }),
  };
}

/** In whatever order, and on however many machines, repositories were read. */
const bySource = (left: Coverage, right: Coverage): number =>
  compareText(left.source, right.source) || compareText(left.part, right.part);

interface ReadInventory extends Collected {
  /** What is judged in the place of what could not be read, in words. */
  readonly standIns: readonly string[];
}

async function collect(request: AuditRequest, ctx: AuditContext): Promise<ReadInventory> {
  const { config, asOf, recorded, previous } = request;
  const { incomplete, lastGoodDays, maxInventoryAgeDays } = config.gate;
  if (recorded !== undefined) {
    const inventory = withAgeChecked(recorded, { asOf, maxAgeDays: maxInventoryAgeDays });
    return { inventory, ring: new KeyRing(), standIns: [] };
  }
  if (config.sources.length === 0)
    return { inventory: emptyInventory(ctx.clock), ring: new KeyRing(), standIns: [] };
  // A leak scan has no sources, and does not wait until all that reads them is loaded.
  const { collectInventory } = await import('./inventory/collect.js');
  const { inventory, ring } = await collectInventory(config.sources, ctx);
  if (incomplete !== 'last-good') return { inventory, ring, standIns: [] };
  const whole = withLastGood(inventory, previous, { asOf, days: lastGoodDays });
  return { inventory: whole.inventory, ring, standIns: whole.notes };
}

/** What to look for: keys whose value is held, and keys of which only a fingerprint is known. */
function wanted(keys: readonly KeyRecord[], ring: KeyRing): readonly KnownKey[] {
  return keys.flatMap((key) => {
    if (!isKnown(key.fingerprint)) return [];
    const secret = ring.get(key);
    return [{ fingerprint: key.fingerprint.value, ...(secret === undefined ? {} : { secret }) }];
  });
}

/** Of a source that was not read completely nobody can say that it lacks a key. */
function staleEntries(refs: readonly string[], coverage: readonly Coverage[]): readonly string[] {
  const holes = coverage.filter(({ kind, status }) => kind === 'vendor' && status !== 'complete');
  return refs.filter((ref) => !holes.some(({ source }) => ref.startsWith(`${source}/`)));
}

const unmatchedNote = (ref: string): string =>
  `The key register speaks of ${ref}, which no source lists: deleted or mistyped.`;

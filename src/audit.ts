import type { Config } from './config/config.js';
import { isKnown } from './core/fact.js';
import type { KeyRecord } from './core/key.js';
import type { ConversationText } from './core/conversation-text.js';
import type { Coverage } from './core/coverage.js';
import type { Collected, Inventory } from './core/inventory.js';
import type { Instant } from './core/instant.js';
import type { AuditResult } from './core/result.js';
import type { RunContext } from './core/run-context.js';
import type { ScanTarget } from './core/scan-target.js';
import type { Secret } from './core/secret.js';
import { KeyRing } from './core/key-ring.js';
import { correlate } from './correlate/correlate.js';
import type { Environment } from './credentials/resolve-credential.js';
import { subjectsOf } from './facts/subjects.js';
import { toFindings } from './findings/assemble.js';
import { count } from './findings/count.js';
import { gate } from './findings/gate.js';
import { collectInventory } from './inventory/collect.js';
import { declareKeys } from './inventory/declare.js';
import type { Register } from './inventory/register.js';
import type { Detector } from './leaks/detectors/detector.js';
import type { KnownKey } from './leaks/needles.js';
import { scanTargets } from './leaks/scan-targets.js';
import { judge } from './rules/evaluate.js';
import type { RuleSet } from './rules/rule-set.js';

/** What to audit, and by what. */
export interface AuditRequest {
  readonly tool: AuditResult['tool'];
  readonly config: Config;
  readonly register: Register | undefined;
  readonly rules: RuleSet;
  readonly detectors: readonly Detector[];
  readonly asOf: Instant;
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
  /** Brings every configured repository onto the disk, and opens the texts around them. */
  readonly gather: () => Promise<{
    readonly targets: readonly ScanTarget[];
    readonly texts: AsyncIterable<ConversationText>;
    /** Whole when `texts` was read. */
    readonly coverage: () => readonly Coverage[];
  }>;
}

/** The whole line: collect, declare, scan, join, judge, label, gate. */
export async function audit(request: AuditRequest, ctx: AuditContext): Promise<AuditResult> {
  const { config, rules, asOf } = request;
  const startedAt = ctx.stamp();
  const [{ inventory, ring }, fetched] = await Promise.all([collect(request, ctx), ctx.gather()]);
  ctx.protect(ring.entries().map(({ secret }) => secret));
  const { keys, unmatched } = declareKeys(inventory.keys, request.register);

  ctx.progress.note(`Looking for ${keys.length} keys in ${fetched.targets.length} repositories`);
  const scan = await scanTargets(
    {
      targets: fetched.targets,
      texts: fetched.texts,
      known: wanted(keys, ring),
      detectors: request.detectors,
      ...(ctx.pepper === undefined ? {} : { pepper: ctx.pepper }),
    },
    ctx,
  );
  const leaks = correlate(scan.candidates, keys);

  const subjects = subjectsOf({
    asOf,
    egress: config.network.egress,
    roster: config.roster?.users ?? [],
    register: request.register !== undefined,
    keys,
    projects: inventory.projects,
    leaks,
  });
  const evaluation = judge(rules, subjects);
  const { findings, notes } = toFindings(evaluation, { asOf, suppressions: config.suppressions });
  const coverage = [...inventory.coverage, ...fetched.coverage(), ...scan.coverage];
  return {
    schemaVersion: 1,
    tool: request.tool,
    run: { asOf, startedAt, finishedAt: ctx.stamp() },
    coverage,
    keys,
    projects: inventory.projects,
    leaks,
    findings,
    gaps: evaluation.gaps,
    counts: count({ findings, byVerdict: evaluation.byVerdict, keys, projects: inventory.projects, leaks }),
    gate: gate({ findings, coverage, policy: config.gate }),
    notes: [...notes, ...staleEntries(unmatched, coverage).map(unmatchedNote)],
    rules: rules.rules,
  };
}

async function collect({ config, recorded }: AuditRequest, ctx: AuditContext): Promise<Collected> {
  if (recorded !== undefined) return { inventory: recorded, ring: new KeyRing() };
  return collectInventory(config.sources, ctx);
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

import type { Coverage } from '../core/coverage.js';
import type { ExitCode } from '../core/errors/audit-error.js';
import { type Finding, SEVERITIES } from '../core/finding.js';
import { dateOf } from '../core/instant.js';
import type { GatePolicy } from '../core/policy.js';
import type { Gate } from '../core/result.js';

export interface GateInput {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly policy: GatePolicy;
}

/** Whether a release may go out. A failed gate wins over an incomplete audit; reasons for both are kept. */
export function gate(input: GateInput): Gate {
  const failing = input.findings.filter((finding) => failsGate(finding, input.policy));
  const stoodIn = input.policy.incomplete === 'last-good' ? input.coverage.filter(isStoodIn) : [];
  const holes = whatIsMissing(input.coverage, stoodIn);
  const old = whatIsOld(stoodIn);
  const reasons = [...reasonsOf(failing, input.policy), ...holes, ...old];
  if (failing.length > 0) return { result: 'fail', reasons };
  if (holes.length === 0) return { result: 'pass', reasons: [passReason(input.policy), ...old] };
  if (input.policy.incomplete !== 'warn') return { result: 'incomplete', reasons };
  return {
    result: 'pass',
    reasons: [passReason(input.policy), ...holes.map((hole) => `Only a warning: ${hole}`)],
  };
}

const EXIT_CODES = { pass: 0, fail: 1, incomplete: 3 } as const satisfies Record<Gate['result'], ExitCode>;

/** The exit code that belongs to a gate, the same for every report format. */
export const exitCodeOf = (verdict: Gate): ExitCode => EXIT_CODES[verdict.result];

/** An active `fail` at or above the threshold, with at least medium confidence. */
export function failsGate(finding: Finding, policy: GatePolicy): boolean {
  return (
    finding.verdict === 'fail' &&
    finding.status !== 'suppressed' &&
    !(policy.newOnly && finding.status === 'known') &&
    finding.confidence !== 'low' &&
    SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(policy.failOn)
  );
}

function reasonsOf(failing: readonly Finding[], policy: GatePolicy): readonly string[] {
  const which = policy.newOnly ? 'new' : 'active';
  return SEVERITIES.flatMap((severity) => {
    const count = failing.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [`${count} ${which} ${severity} ${noun(count)} (the gate fails on ${atOrAbove(policy)})`];
  });
}

const passReason = (policy: GatePolicy): string =>
  `No ${policy.newOnly ? 'new' : 'active'} finding of ${atOrAbove(policy)} with at least medium confidence`;

const atOrAbove = ({ failOn }: GatePolicy): string => (failOn === 'critical' ? failOn : `${failOn} or worse`);

/** An earlier inventory is judged in its place. */
const isStoodIn = ({ status, readAt }: Coverage): boolean => status !== 'complete' && readAt !== undefined;

function whatIsMissing(coverage: readonly Coverage[], stoodIn: readonly Coverage[]): readonly string[] {
  if (coverage.length === 0) return ['Nothing was looked at: no source and no repository'];
  const missing = coverage.filter((entry) => entry.status !== 'complete' && !stoodIn.includes(entry));
  if (missing.length === 0) return [];
  const sources = new Set(missing.map((entry) => entry.source));
  const one = sources.size === 1;
  return [
    `${sources.size} ${one ? 'source or repository' : 'sources or repositories'} could not be read completely`,
  ];
}

/** One reason a source and day: a pass must not hide that it rests on an older reading. */
const whatIsOld = (stoodIn: readonly Coverage[]): readonly string[] => [
  ...new Set(
    stoodIn.flatMap(({ source, readAt }) =>
      readAt === undefined
        ? []
        : [`${source} could not be read whole; its last complete inventory counts, of ${dateOf(readAt)}`],
    ),
  ),
];

const noun = (count: number): string => (count === 1 ? 'finding' : 'findings');

import type { CapabilityGap } from '../../core/result.js';

/** What a vendor cannot tell, with all the rules that would need it. */
export interface GapGroup {
  readonly vendor: string;
  readonly reason: string;
  readonly rules: readonly string[];
  /** Of the rule that it concerns most. */
  readonly subjects: number;
}

/** One entry for each vendor and reason, in the order in which they first come. */
export function groupedGaps(gaps: readonly CapabilityGap[]): readonly GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const { vendor, reason, rule, subjects } of gaps) {
    const key = JSON.stringify([vendor, reason]);
    const group = groups.get(key) ?? { vendor, reason, rules: [], subjects: 0 };
    groups.set(key, {
      ...group,
      rules: [...group.rules, rule],
      subjects: Math.max(group.subjects, subjects),
    });
  }
  return [...groups.values()];
}

import type { ControlResult, ControlView, StandardView } from '../core/compliance.js';
import type { Evaluation } from '../core/evaluation.js';
import type { Rule } from '../core/rule.js';
import { type ControlRules, controlsOf, decides, standardsOf } from './standards.js';

/** What a run tells about a control: how its rules judged, and whether everything was looked at. */
export interface Judged {
  readonly byRule: Evaluation['byRule'];
  /** Whether every source and repository could be read. */
  readonly complete: boolean;
}

/**
 * Every standard that rules map to, with its controls and how each fared in this run. None where no rule about keys was
 * loaded: a leak scan alone must not call all the rest not covered.
 */
export function complianceOf(rules: readonly Rule[], judged: Judged): readonly StandardView[] {
  if (!rules.some(({ subject }) => subject === 'key')) return [];
  return standardsOf(rules).map((standard) => ({
    id: standard.id,
    name: standard.name,
    extent: standard.extent,
    controls: controlsOf(rules, standard).map((control) => viewOf(control, judged)),
  }));
}

function viewOf(control: ControlRules, judged: Judged): ControlView {
  return {
    id: control.control,
    ...(control.title === undefined ? {} : { title: control.title }),
    rules: control.rules.map(({ rule, strength }) => ({ id: rule.id, strength })),
    result: resultOf(control, judged),
  };
}

/**
 * A fail breaks a control, also where somebody decided to live with it; a mere suspicion (a rule of low confidence, which
 * gates nothing either) leaves it open. "Nothing found" needs that everything was
 * looked at and that its rules judged something: a rule that no vendor lets us judge has found nothing in nothing.
 */
export function resultOf({ rules }: ControlRules, { byRule, complete }: Judged): ControlResult {
  const deciding = rules.filter(decides);
  if (deciding.length === 0) return 'not-covered';
  const verdicts = deciding.flatMap(({ rule }) => {
    const counts = Object.hasOwn(byRule, rule.id) ? byRule[rule.id] : undefined;
    return counts === undefined ? [] : [{ ...counts, sure: rule.confidence !== 'low' }];
  });
  if (verdicts.some(({ fail, sure }) => fail > 0 && sure)) return 'broken';
  const judgedAny = verdicts.some(({ pass }) => pass > 0);
  const open = verdicts.some(({ fail, unknown }) => fail + unknown > 0);
  return !complete || !judgedAny || open ? 'not-known' : 'nothing-found';
}

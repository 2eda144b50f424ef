import type { RuleMapping } from './rule.js';

/**
 * How a control fared in one run. Only direct and partial rules decide; informative ones are named and prove nothing.
 * `nothing-found` is no claim that the control is met; `not-known`: its rules could not judge everything, or
 * nothing, or only suspect something.
 */
export type ControlResult = 'broken' | 'not-known' | 'nothing-found' | 'not-covered';

/** One control of a standard, and what this run says to it. */
export interface ControlView {
  readonly id: string;
  /** Where we know the standard's list. */
  readonly title?: string;
  /** Strongest first. */
  readonly rules: readonly { readonly id: string; readonly strength: RuleMapping['strength'] }[];
  readonly result: ControlResult;
}

/**
 * Which of a standard's controls are listed: all of them, those that concern keys (our selection), or only those that
 * some rule maps to, so that the list says nothing about what is not covered.
 */
export type StandardExtent = 'all' | 'about-keys' | 'mapped';

export interface StandardView {
  /** As the command line takes it. */
  readonly id: string;
  /** As rules write it. */
  readonly name: string;
  readonly extent: StandardExtent;
  readonly controls: readonly ControlView[];
}

import type { RE2JS } from 're2js';

/** A pattern as an automaton over bytes, each of them one character. Assertions are left out: it takes more than the pattern does. */
export interface PatternProgram {
  readonly start: number;
  readonly steps: readonly Step[];
}

export type Step =
  /** Goes on at all of these. */
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  /** Takes a byte where that is marked by 1. */
  | { readonly kind: 'byte'; readonly takes: Uint8Array; readonly to: number }
  | { readonly kind: 'match' };

/** Steps of a program at once: those that take a byte next, in order, and whether a match ended. */
export interface Closure {
  readonly steps: Uint16Array;
  readonly isMatch: boolean;
}

/** All that can be reached from a step without taking a byte. */
export function closureOf({ steps }: PatternProgram, from: number): Closure {
  const seen = new Set<number>();
  const todo = [from];
  let isMatch = false;
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const step = steps[at];
    if (step?.kind === 'fork') todo.push(...step.to);
    isMatch ||= step?.kind === 'match';
  }
  const bytes = [...seen].filter((at) => steps[at]?.kind === 'byte');
  return { steps: Uint16Array.from(bytes).sort(), isMatch };
}

/** What an instruction does, by the numbers that re2js 2.10 gives to kinds. The version is pinned, and tests compare with its own answers. */
const FORKS = new Set([1, 2]);
/** A group's edge, an assertion, nothing. */
const PASSES = new Set([3, 4, 7]);
const FAIL = 5;
const MATCH = 6;
const RUNES = new Set([8, 9, 10, 11]);

interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  matchRune(rune: number): boolean;
}

/** Undefined for a pattern that has something in it which is not known here. */
export function programOf(pattern: RE2JS): PatternProgram | undefined {
  // The package's own types leave the program open.
  const { prog } = pattern.re2() as {
    readonly prog: { readonly start: number; numInst(): number; getInst(at: number): Instruction };
  };
  const steps: Step[] = [];
  for (let at = 0; at < prog.numInst(); at += 1) {
    const step = stepOf(prog.getInst(at));
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return { start: prog.start, steps };
}

function stepOf(instruction: Instruction): Step | undefined {
  const { op, out, arg } = instruction;
  if (FORKS.has(op)) return { kind: 'fork', to: [out, arg] };
  if (PASSES.has(op)) return { kind: 'fork', to: [out] };
  if (op === FAIL) return { kind: 'fork', to: [] };
  if (op === MATCH) return { kind: 'match' };
  if (!RUNES.has(op)) return undefined;
  const takes = Uint8Array.from({ length: 256 }, (_, byte) => Number(instruction.matchRune(byte)));
  return { kind: 'byte', takes, to: out };
}

import { type Closure, closureOf, type PatternProgram } from './pattern-program.js';

/**
 * A program in which `x{3,50}` is `x{3,}`: it takes more than before, in far fewer states. What may follow one of the copies of
 * `x` that need not be there may follow each of them, so one does for all.
 */
export function withoutCounts(program: PatternProgram): PatternProgram {
  const first = firstCopies(program);
  const copies = new Map<number, number[]>();
  for (const [at, copy] of first.entries()) copies.set(copy, [...(copies.get(copy) ?? []), at]);
  const steps = [...program.steps];
  for (const [copy, all] of copies) {
    const step = program.steps[copy];
    if (step?.kind !== 'byte' || all.length === 1) continue;
    const to = all.flatMap((at) => {
      const one = program.steps[at];
      // Whoever comes to a later copy comes to the first one.
      if (at !== copy) steps[at] = { kind: 'fork', to: [copy] };
      return one?.kind === 'byte' ? [one.to] : [];
    });
    steps[copy] = { ...step, to: steps.push({ kind: 'fork', to }) - 1 };
  }
  return { start: program.start, steps };
}

/** For each step the first copy of it; itself where it is none. */
function firstCopies(program: PatternProgram): readonly number[] {
  const { steps } = program;
  const alphabets = steps.map((step) => (step.kind === 'byte' ? step.takes.join('') : undefined));
  const after = steps.map((step) => (step.kind === 'byte' ? closureOf(program, step.to) : undefined));
  const exits = after.map((closure, at) => closure && exitsOf(closure, alphabets, alphabets[at]));
  const first = steps.map((_, at) => at);
  // Programs are written from left to right: a copy comes behind the one before it.
  for (const [at, closure] of after.entries()) {
    for (const next of closure?.steps ?? []) {
      const isCopy =
        next > at && alphabets[next] === alphabets[at] && exits[next] === exits[at] && exits[at] !== NONE;
      if (isCopy && first[next] === next) first[next] = first[at] ?? at;
    }
  }
  return first;
}

const NONE = 'false ';

/** What else may come, as a text to compare. */
const exitsOf = (
  { steps, isMatch }: Closure,
  alphabets: readonly (string | undefined)[],
  own: string | undefined,
): string => `${isMatch} ${[...steps].filter((at) => alphabets[at] !== own).join()}`;

import { type Closure, closureOf, type PatternProgram } from './pattern-program.js';

/** When there are more, all are forgotten, and it begins again. */
const MAX_STATES = 2000;
const FIRST_STATES = 128;

/** Not known yet where it goes. */
export const UNKNOWN = -1;
/** What is no larger stands for a state in which the pattern matched: less of it is the state. */
export const MATCHED = -2;

const AT_REST: Closure = { steps: new Uint16Array(0), isMatch: false };

/**
 * A pattern's program as a deterministic automaton that begins anew at every byte, and is made while it is used. A state is told by
 * where its row begins in the table; 0 is the one in which nothing is under way.
 */
export class LazyAutomaton {
  /** Which bytes the program tells apart. */
  readonly classOf: Uint8Array;
  /** Where each state goes with each class: a state, or less than 0. Another one after each `learn`. */
  table: Int32Array;
  /** How often all states were forgotten. */
  forgotten = 0;
  readonly #program: PatternProgram;
  /** One byte of each class. */
  readonly #examples: readonly number[];
  readonly #closures: (Closure | undefined)[] = [];
  readonly #marks: Uint8Array;
  /** What may be under way after the next byte, besides what is. */
  readonly #start: Closure;
  #states: Closure[] = [];
  #numbers = new Map<string, number>();

  /** Undefined for a pattern that matches the empty text, or is too long: nobody gains by it. */
  static of(program: PatternProgram): LazyAutomaton | undefined {
    if (program.steps.length > 0xffff) return undefined;
    const made = new LazyAutomaton(program);
    return made.#start.isMatch ? undefined : made;
  }

  private constructor(program: PatternProgram) {
    this.#program = program;
    this.#marks = new Uint8Array(program.steps.length);
    const { classOf, examples } = classesOf(program);
    [this.classOf, this.#examples] = [classOf, examples];
    this.table = new Int32Array(FIRST_STATES * examples.length).fill(UNKNOWN);
    this.#start = this.#closure(program.start);
    this.#rowOf(AT_REST);
  }

  /** Finds out where a state goes with a class of bytes, and notes it. No state that was told before counts any more when all were forgotten. */
  learn(state: number, byteClass: number): number {
    const width = this.#examples.length;
    const known = this.#states[state / width] ?? AT_REST;
    const from = this.#states.length >= MAX_STATES ? this.#forgetBut(known) : state;
    const next = this.#after(known, this.#examples[byteClass] ?? 0);
    const row = this.#rowOf(next);
    const noted = next.isMatch ? MATCHED - row : row;
    this.table[from + byteClass] = noted;
    return noted;
  }

  #after({ steps }: Closure, byte: number): Closure {
    const parts: Closure[] = [];
    for (const underWay of [steps, this.#start.steps]) {
      for (const at of underWay) {
        const step = this.#program.steps[at];
        if (step?.kind === 'byte' && step.takes[byte] === 1) parts.push(this.#closure(step.to));
      }
    }
    return parts.length === 0 ? AT_REST : this.#unionOf(parts);
  }

  #unionOf(parts: readonly Closure[]): Closure {
    const [marks, steps] = [this.#marks, new Array<number>()];
    for (const part of parts) {
      for (const step of part.steps) {
        if (marks[step] === 1) continue;
        marks[step] = 1;
        steps.push(step);
      }
    }
    for (const step of steps) marks[step] = 0;
    return { steps: Uint16Array.from(steps).sort(), isMatch: parts.some(({ isMatch }) => isMatch) };
  }

  /** Where the row of a state begins, which is new or not. */
  #rowOf(state: Closure): number {
    const width = this.#examples.length;
    const name = String.fromCharCode(Number(state.isMatch), ...state.steps);
    const known = this.#numbers.get(name);
    if (known !== undefined) return known * width;
    const number = this.#states.push(state) - 1;
    this.#numbers.set(name, number);
    if (number * width >= this.table.length) {
      const grown = new Int32Array(this.table.length * 2).fill(UNKNOWN, this.table.length);
      grown.set(this.table);
      this.table = grown;
    }
    return number * width;
  }

  #forgetBut(kept: Closure): number {
    [this.#states, this.#numbers] = [[], new Map()];
    this.table.fill(UNKNOWN);
    this.forgotten += 1;
    this.#rowOf(AT_REST);
    return this.#rowOf(kept);
  }

  #closure(from: number): Closure {
    const known = this.#closures[from];
    if (known !== undefined) return known;
    const closure = closureOf(this.#program, from);
    this.#closures[from] = closure;
    return closure;
  }
}

function classesOf({ steps }: PatternProgram): { readonly classOf: Uint8Array; readonly examples: number[] } {
  const sets = new Set(steps.flatMap((step) => (step.kind === 'byte' ? [step.takes.join('')] : [])));
  const classOf = new Uint8Array(256);
  const examples: number[] = [];
  const numbers = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const name = [...sets].map((takes) => takes[byte]).join('');
    const number = numbers.get(name) ?? examples.push(byte) - 1;
    numbers.set(name, number);
    classOf[byte] = number;
  }
  return { classOf, examples };
}

import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import { LazyAutomaton } from './lazy-automaton.js';
import { programOf } from './pattern-program.js';
import { withoutCounts } from './without-counts.js';

/** The engine is loaded when the first pattern comes: scans without a pattern of the user's own do not wait for it. */
const load = createRequire(import.meta.url);
const compiled = new Map<string, RE2JS>();
/** More than any set of rules has. */
const MAX_COMPILED = 2_000;

/**
 * A regular expression in RE2's syntax, whose time is linear in the text, whatever the pattern.
 * @throws an error that says what is wrong with the pattern.
 */
export function linearPattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const engine = load('re2js') as { readonly RE2JS: typeof RE2JS }; // the package's own types
  const made = engine.RE2JS.compile(pattern);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

const automata = new Map<string, LazyAutomaton | undefined>();

/** What tells in one pass where a pattern may match; undefined where only the engine can. @throws as {@link linearPattern}. */
export function automatonOf(pattern: string): LazyAutomaton | undefined {
  if (automata.has(pattern)) return automata.get(pattern);
  const program = programOf(linearPattern(pattern));
  const made = program && LazyAutomaton.of(withoutCounts(program));
  if (automata.size >= MAX_COMPILED) automata.clear();
  automata.set(pattern, made);
  return made;
}

/** Why a pattern cannot be used, in a few words; undefined for a good one. */
export function patternProblem(pattern: string): string | undefined {
  if (/\(\?<?[=!]/.test(pattern)) return 'a look-around, which no linear-time engine has';
  if (/\\[1-9]/.test(pattern)) return 'a back-reference, which no linear-time engine has';
  try {
    linearPattern(pattern);
    return undefined;
  } catch {
    return 'not a regular expression in the syntax of RE2';
  }
}

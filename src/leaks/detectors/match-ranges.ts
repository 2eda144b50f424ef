import { type LazyAutomaton, MATCHED, UNKNOWN } from './lazy-automaton.js';

/** From and to in bytes. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Who forgets more often than after so many bytes does not gain anything. */
const BYTES_A_FORGETTING = 20_000;

/** How far a walk is. */
interface Walk {
  at: number;
  state: number;
}

/**
 * Parts of `range`, in order, that hold all matches in it: none crosses an edge of a part but the range's own. One pass over the
 * bytes, faster than any engine that tells where matches are exactly.
 * @returns undefined where it would take longer than looking itself
 */
export function matchRanges(
  automaton: LazyAutomaton,
  bytes: Uint8Array,
  { from, to }: Range,
): readonly Range[] | undefined {
  const ranges: Range[] = [];
  const last = automaton.forgotten + 1 + (to - from) / BYTES_A_FORGETTING;
  const walk: Walk = { at: from, state: 0 };
  while (walk.at < to) {
    const begin = walkToMatch(automaton, bytes.subarray(0, to), walk);
    if (automaton.forgotten > last) return undefined;
    if (begin === undefined) break;
    walkToRest(automaton, bytes.subarray(0, to), walk);
    ranges.push({ from: begin, to: walk.at });
  }
  return ranges;
}

/** Goes on behind the byte with which a match ends; answers behind which byte nothing was under way for the last time. Undefined: no match ends. */
function walkToMatch(automaton: LazyAutomaton, bytes: Uint8Array, walk: Walk): number | undefined {
  const { classOf } = automaton;
  let { table } = automaton;
  let [{ state }, begin] = [walk, walk.at];
  for (let { at } = walk; at < bytes.length; at += 1) {
    const byteClass = classOf[bytes[at] ?? 0] ?? 0;
    let next = table[state + byteClass] ?? 0;
    if (next === UNKNOWN) {
      next = automaton.learn(state, byteClass);
      table = automaton.table;
    }
    if (next < 0) {
      [walk.at, walk.state] = [at + 1, MATCHED - next];
      return begin;
    }
    state = next;
    if (next === 0) begin = at + 1;
  }
  walk.at = bytes.length;
  return undefined;
}

/** Goes on behind the byte after which nothing is under way. */
function walkToRest(automaton: LazyAutomaton, bytes: Uint8Array, walk: Walk): void {
  const { classOf } = automaton;
  let { at, state } = walk;
  for (let isAtRest = false; !isAtRest && at < bytes.length; at += 1) {
    const byteClass = classOf[bytes[at] ?? 0] ?? 0;
    let next = automaton.table[state + byteClass] ?? 0;
    if (next === UNKNOWN) next = automaton.learn(state, byteClass);
    state = next < 0 ? MATCHED - next : next;
    isAtRest = next === 0;
  }
  [walk.at, walk.state] = [at, state];
}

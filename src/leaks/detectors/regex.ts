import type { Matcher } from 're2js';
import { isAllowed } from './allow-list.js';
import { textOf } from './character-class.js';
import type { Detection, Search } from './detector.js';
import { automatonOf, linearPattern } from './linear-pattern.js';
import { matchRanges, type Range } from './match-ranges.js';
import { joinedWindows } from './near.js';
import type { SearchInput } from './searches.js';

type Regex = Extract<Search, { kind: 'regex' }>;

/** Around a keyword, which rules choose from a value's beginning. A private key of 4,096 bits has 3,200 characters. */
const REACH = { before: 256, after: 3840 };
const MAX_LINE = 1024;
/**
 * The engine is linear in what it looks through for one match, and a pattern can be made to look through all that is left for
 * each of many. So long windows are looked through piece by piece, each with the end of the one before it.
 */
const MAX_WINDOW = 16_384;

/** A pattern of the user's own, tried around its keywords. Every byte is one character to it. */
export function detectRegex(input: SearchInput, search: Regex): Detection[] {
  const pattern = linearPattern(search.pattern);
  const found = joinedWindows(input, REACH)
    .flatMap((window) => partsOf(window, input, search))
    .flatMap(piecesOf)
    .flatMap((window) => {
      const text = textOf(input.bytes, window.from, window.to);
      const matcher = pattern.matcher(text);
      const detections: Detection[] = [];
      while (matcher.find()) {
        const group = secretGroup(matcher, search.group);
        const [from, to] = [matcher.start(group), matcher.end(group)];
        const secret = text.slice(from, to);
        const matched = {
          secret,
          match: text.slice(matcher.start(), matcher.end()),
          line: lineAt(input.bytes, window.from + from),
        };
        const isCut =
          (matcher.start() === 0 && window.from > 0) ||
          (matcher.end() === text.length && window.to < input.bytes.length);
        // What touches the window's edge may be no match in the whole.
        if (secret === '' || isCut || isAllowed(search.allow, matched)) continue;
        detections.push({ value: secret, from: window.from + from, to: window.from + to, encoding: 'plain' });
      }
      return detections;
    });
  return [...new Map(found.map((one) => [`${one.from} ${one.to}`, one])).values()];
}

/** Where in a window the pattern may match: mostly nowhere, or in a few lines. One more byte on each side tells what stands there. */
function partsOf(window: Range, { bytes }: SearchInput, { pattern }: Regex): readonly Range[] {
  const automaton = automatonOf(pattern);
  const ranges = (automaton && matchRanges(automaton, bytes, window)) ?? [window];
  return ranges.map(({ from, to }) => ({
    from: Math.max(window.from, from - 1),
    to: Math.min(window.to, to + 1),
  }));
}

function piecesOf({ from, to }: Range): readonly Range[] {
  const step = MAX_WINDOW - REACH.before - REACH.after;
  const count = Math.max(1, Math.ceil((to - from - MAX_WINDOW) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * step;
    return { from: start, to: Math.min(to, start + MAX_WINDOW) };
  });
}

/** The group that was asked for; else the first one with something in it, as gitleaks does. */
function secretGroup(matcher: Matcher, wanted: number): number {
  if (wanted > 0) return Math.min(wanted, matcher.groupCount());
  for (let group = 1; group <= matcher.groupCount(); group += 1) {
    if (matcher.end(group) > matcher.start(group)) return group;
  }
  return 0;
}

function lineAt(bytes: Uint8Array, at: number): string {
  const [before, behind] = [textOf(bytes, at - MAX_LINE, at), textOf(bytes, at, at + MAX_LINE)];
  const end = behind.indexOf('\n');
  return before.slice(before.lastIndexOf('\n') + 1) + (end < 0 ? behind : behind.slice(0, end));
}

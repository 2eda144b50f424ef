import type { Matcher } from 're2js';
import { isAllowed } from './allow-list.js';
import { textOf } from './character-class.js';
import type { Detection, Search } from './detector.js';
import { linearPattern } from './linear-pattern.js';
import { joinedWindows } from './near.js';
import type { SearchInput } from './searches.js';

type Regex = Extract<Search, { kind: 'regex' }>;

/** Around a keyword, which rules choose from a value's beginning. A private key of 4,096 bits has 3,200 characters. */
const REACH = { before: 256, after: 3840 };
const MAX_LINE = 1024;

/** A pattern of the user's own, tried around its keywords. Every byte is one character to it. */
export function detectRegex(input: SearchInput, search: Regex): Detection[] {
  const pattern = linearPattern(search.pattern);
  return joinedWindows(input, REACH).flatMap((window) => {
    const text = textOf(input.bytes, window.from, window.to);
    const matcher = pattern.matcher(text);
    const detections: Detection[] = [];
    while (matcher.find()) {
      const group = secretGroup(matcher, search.group);
      const [from, to] = [matcher.start(group), matcher.end(group)];
      const secret = text.slice(from, to);
      const matched = { secret, match: text.slice(matcher.start(), matcher.end()), line: lineAt(text, from) };
      const isCut =
        (matcher.start() === 0 && window.from > 0) ||
        (matcher.end() === text.length && window.to < input.bytes.length);
      // What touches the window's edge may be no match in the whole.
      if (secret === '' || isCut || isAllowed(search.allow, matched)) continue;
      detections.push({ value: secret, from: window.from + from, to: window.from + to, encoding: 'plain' });
    }
    return detections;
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

function lineAt(text: string, at: number): string {
  const from = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - MAX_LINE);
  const end = text.indexOf('\n', at);
  return text.slice(from, Math.min(end < 0 ? text.length : end, at + MAX_LINE));
}

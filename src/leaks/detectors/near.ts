import { characterClass, runEnd, textOf } from './character-class.js';
import type { Detection, Search } from './detector.js';
import type { KeywordAt, SearchInput } from './searches.js';
import { alphabetClass, plainDetection, shapeEnd } from './shape-at.js';

const TOKEN = characterClass('A-Za-z0-9_-');
const BASE64_SIGNS = characterClass('+/');

type Near = Extract<Search, { kind: 'near' }>;

/** A value with a telling word right before it (`apiKey: "…"`), close to the vendor's name. */
export function detectNear(input: SearchInput, search: Near): Detection[] {
  return joinedWindows(input, { before: search.distance, after: search.distance }).flatMap((window) =>
    detectWithin(input, search, window),
  );
}

/** The keywords' surroundings, overlapping ones joined, so that no byte is looked at twice. */
export function joinedWindows(
  { bytes, keywords }: SearchInput,
  { before, after }: { readonly before: number; readonly after: number },
): KeywordAt[] {
  const windows: KeywordAt[] = [];
  for (const keyword of keywords) {
    const from = Math.max(0, keyword.from - before);
    const to = Math.min(bytes.length, keyword.to + after);
    const last = windows.at(-1);
    if (last !== undefined && from <= last.to) windows[windows.length - 1] = { from: last.from, to };
    else windows.push({ from, to });
  }
  return windows;
}

function detectWithin({ bytes, detector }: SearchInput, search: Near, window: KeywordAt): Detection[] {
  const detections: Detection[] = [];
  const members = alphabetClass(detector.shape.alphabet);
  for (let at = window.from; at < window.to; ) {
    // A run may be megabytes long: beyond the window only as far as a value can reach.
    const end = runEnd(bytes, at, members, Math.max(window.to - at, detector.shape.maxLength + 1));
    const isWhole = !continuesBefore(bytes, at) && shapeEnd(bytes, at, detector.shape) === end;
    if (isWhole && isIntroduced(bytes, at, search)) detections.push(plainDetection(bytes, at, end));
    at = end + 1;
  }
  return detections;
}

function continuesBefore(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  return at > 0 && (TOKEN[before] === 1 || BASE64_SIGNS[before] === 1);
}

/** Longest text of an introducer; `rules/detectors` is checked against it. */
export const MAX_INTRODUCER = 48;

function isIntroduced(bytes: Uint8Array, at: number, { introducers, gap }: Near): boolean {
  const text = textOf(bytes, Math.max(0, at - gap - MAX_INTRODUCER), at).toLowerCase();
  return introducers.some((introducer) => {
    const found = text.lastIndexOf(introducer);
    return found >= 0 && text.length - (found + introducer.length) <= gap;
  });
}

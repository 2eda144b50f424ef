import { compareText } from '../../../core/compare-text.js';
import { dateOf, daysBetween, type Instant, instantToMs } from '../../../core/instant.js';
import type { KeyRecord } from '../../../core/key.js';
import type { Leak, Place } from '../../../core/leak.js';
import { html } from '../../escape/html.js';
import { counted } from '../../words/number-text.js';

const WIDTH = 720;
const EDGE = 10;
/** More marks than this only make a smear. */
const MAX_MARKS = 40;

export interface TimelineFacts {
  readonly leak: Leak;
  /** The key that the string is, where it is one. */
  readonly key: KeyRecord | undefined;
  readonly asOf: Instant;
}

/** How long a leaked string has been in the open: a sentence, and a drawing that says the same. */
export function leakTimeline({ leak, key, asOf }: TimelineFacts): string {
  const dated = leak.places.flatMap(({ firstSeen, inHead }) =>
    firstSeen === undefined ? [] : [{ firstSeen, inHead }],
  );
  const first = dated.map(({ firstSeen }) => firstSeen).reduce(earlier, asOf);
  if (dated.length === 0) return '<p class="muted">When it was first seen is not known.</p>';
  const created = key?.createdAt.state === 'known' ? key.createdAt.value : undefined;
  const removed = removedAt(leak, asOf);
  const words = sentence({ leak, key, asOf }, { first, removed });
  const start = created === undefined ? first : earlier(created, first);
  const x = scale(start, asOf);
  const parts = [
    created === undefined ? '' : bar('life', x(created), x(asOf)),
    bar(isDead(key) ? 'was' : 'exposed', x(first), x(removed ?? asOf)),
    ...(removed === undefined ? [] : [bar('lingers', x(removed), x(asOf)), leaving(x(removed))]),
    ...dated.slice(0, MAX_MARKS).map((place) => mark(x(place.firstSeen), place.inHead)),
    `<text x="${EDGE}" y="58">${dateOf(start)}</text>`,
    `<text x="${WIDTH - EDGE}" y="58" text-anchor="end">${dateOf(asOf)}</text>`,
  ];
  const svg = `<svg viewBox="0 0 ${WIDTH} 64" role="img" aria-label="${html(words)}">${parts.join('')}</svg>`;
  return `<div class="timeline"><p>${html(words)}</p>${svg}</div>`;
}

const earlier = (left: Instant, right: Instant): Instant => (left < right ? left : right);

const isDead = (key: KeyRecord | undefined): boolean => key?.live.state === 'known' && !key.live.value;

/** When the last place of it left HEAD; undefined while one is there, and where that is not known of all. */
function removedAt({ places }: Leak, asOf: Instant): Instant | undefined {
  const inFiles = places.filter(({ kind }) => kind === 'file' || kind === 'archive-entry');
  const dates = inFiles.flatMap((place) => place.removedAt ?? []);
  if (places.some(({ inHead }) => inHead) || dates.length < inFiles.length) return undefined;
  const last = dates.toSorted(compareText).at(-1);
  return last === undefined ? undefined : earlier(last, asOf);
}

interface Window {
  readonly first: Instant;
  readonly removed: Instant | undefined;
}

function sentence({ leak, key, asOf }: TimelineFacts, { first, removed }: Window): string {
  const days = counted(Math.max(0, daysBetween(first, asOf)), 'day');
  const gone = removed === undefined ? 'no longer in HEAD' : `removed from HEAD ${dateOf(removed)}`;
  const state = leak.places.some((place: Place) => place.inHead)
    ? 'still in HEAD'
    : `${gone}, but in the history`;
  if (isDead(key)) return `First seen ${dateOf(first)}, ${days} ago; ${state}; the key no longer works.`;
  const life = key?.live.state === 'known' ? 'the key still works' : 'whether the key works is not known';
  return `Exposed for ${days}: first seen ${dateOf(first)}, ${state}, ${life}.`;
}

function scale(start: Instant, end: Instant): (at: Instant) => number {
  const from = instantToMs(start);
  const span = Math.max(1, instantToMs(end) - from);
  // Commit dates are what their authors say: one that lies after the audit stands at the edge.
  const share = (at: Instant): number => Math.min(1, (instantToMs(at) - from) / span);
  return (at) => Math.round(EDGE + share(at) * (WIDTH - 2 * EDGE));
}

const bar = (style: string, from: number, to: number): string =>
  `<rect class="${style}" x="${from}" y="${style === 'life' ? 10 : 18}" width="${Math.max(2, to - from)}" height="${style === 'life' ? 28 : 12}"/>`;

/** A line across: from here on only the history has it. */
const leaving = (x: number): string => `<path class="leaving" d="M${x} 8v32"/>`;

const mark = (x: number, inHead: boolean): string =>
  `<circle class="mark${inHead ? ' in-head' : ''}" cx="${x}" cy="24" r="6"/>`;

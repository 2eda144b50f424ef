import type { FilterKeyword } from './pack-filter.js';

/** The bytes of a keyword that are looked for first. */
const WINDOW = 4;
const GROUPS = 8;
/** Letters of English text and code, the most frequent first; what is missing is rarer. */
const FREQUENT = ' etaoinsrlcdupmfhgybvwk_.0';

export interface KeywordEntry {
  /** Where the looked-for bytes stand in the text. */
  readonly at: number;
  readonly keyword: FilterKeyword;
  /** The looked-for bytes as a little-endian word, with the bits of `folded` set, which do not count. */
  readonly window: number;
  readonly folded: number;
}

export interface KeywordTables {
  /** For each of the four bytes a table by its low and one by its high half: the groups' bits. Then 16 bytes of room. */
  readonly halves: Uint8Array;
  /** Group after group. */
  readonly entries: readonly KeywordEntry[];
  /** Where each group begins among the entries; one more than groups. */
  readonly starts: Uint32Array;
}

/** @param keywords of at least two bytes. */
export function keywordTables(keywords: readonly FilterKeyword[]): KeywordTables {
  const groups = grouped(keywords.filter((keyword) => !isCovered(keyword, keywords)));
  const halves = new Uint8Array(WINDOW * 32 + 16);
  const starts = new Uint32Array(GROUPS + 1);
  for (const [index, { sets, entries }] of groups.entries()) {
    starts[index + 1] = (starts[index] ?? 0) + entries.length;
    for (const [place, set] of sets.entries()) {
      for (let half = 0; half < 16; half += 1) {
        const at = (place >>> 1) * 32 + (place & 1) * 16 + half;
        halves[at] = (halves[at] ?? 0) | (((set >>> half) & 1) << index);
      }
    }
  }
  return { halves, entries: groups.flatMap(({ entries }) => entries), starts };
}

/** Whether another keyword stands in it and is enough to find it; of equal ones the first stays. */
function isCovered(keyword: FilterKeyword, all: readonly FilterKeyword[]): boolean {
  const text = Buffer.from(keyword.text);
  return all.some((other) => {
    if (other === keyword || other.run > 0 || other.isEncoded !== keyword.isEncoded) return false;
    if (!text.includes(Buffer.from(other.text))) return false;
    const isEqual = other.text.length === text.length && keyword.run === 0;
    return !isEqual || all.indexOf(other) < all.indexOf(keyword);
  });
}

/** For each looked-for byte the low halves and the high halves that it may have, as bits. */
type HalfSets = readonly number[];

interface Group {
  readonly sets: HalfSets;
  readonly entries: readonly KeywordEntry[];
}

const NONE: HalfSets = Array.from({ length: WINDOW * 2 }, () => 0);

/** Each keyword joins the group that it widens least: what lets little else through is hardly ever looked at in vain. */
function grouped(keywords: readonly FilterKeyword[]): readonly Group[] {
  const groups: Group[] = Array.from({ length: GROUPS }, () => ({ sets: NONE, entries: [] }));
  for (const keyword of keywords) {
    const entry = entryOf(keyword);
    const own = halfSets(entry);
    const grown = groups.map(({ sets }) => sets.map((set, i) => set | (own[i] ?? 0)));
    const costs = grown.map((sets, i) => breadth(sets) - breadth(groups[i]?.sets ?? NONE));
    const best = costs.indexOf(Math.min(...costs));
    groups[best] = { sets: grown[best] ?? own, entries: [...(groups[best]?.entries ?? []), entry] };
  }
  return groups;
}

function entryOf(keyword: FilterKeyword): KeywordEntry {
  const at = rarestWindow(keyword.text);
  const bytes = Array.from({ length: WINDOW }, (_, i) => keyword.text[at + i]);
  const folded = wordOf(bytes.map((byte) => foldedBits(byte, keyword.isEncoded)));
  return { at, keyword, window: (wordOf(bytes.map((byte) => byte ?? 0)) | folded) >>> 0, folded };
}

const wordOf = (bytes: readonly number[]): number => Buffer.from(bytes).readUInt32LE();

/** Behind a shorter text, anything may stand. */
function foldedBits(byte: number | undefined, isEncoded: boolean): number {
  if (byte === undefined) return 0xff;
  return !isEncoded && bothCases(byte).length > 1 ? 0x20 : 0;
}

/** The share of all windows that a group lets through. */
const breadth = (sets: HalfSets): number => sets.reduce((share, set) => (share * bitCount(set)) / 16, 1);

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function halfSets({ at, keyword: { text, isEncoded } }: KeywordEntry): HalfSets {
  return Array.from({ length: WINDOW * 2 }, (_, place) => {
    const byte = text[at + (place >>> 1)];
    // Behind a shorter text, anything may stand.
    if (byte === undefined) return 0xffff;
    const bytes = isEncoded ? [byte] : bothCases(byte);
    return bytes.reduce((set, one) => set | (1 << (place % 2 === 0 ? one & 15 : one >>> 4)), 0);
  });
}

function bothCases(byte: number): number[] {
  const isLetter = byte >= 97 && byte <= 122;
  return isLetter ? [byte, byte - 32] : [byte];
}

function rarestWindow(text: Uint8Array): number {
  let [best, bestScore] = [0, Number.NEGATIVE_INFINITY];
  for (let at = 0; at + WINDOW <= text.length; at += 1) {
    let score = 0;
    for (let i = 0; i < WINDOW; i += 1) score += rarity(text[at + i] ?? 0);
    if (score > bestScore) [best, bestScore] = [at, score];
  }
  return best;
}

function rarity(byte: number): number {
  const rank = FREQUENT.indexOf(String.fromCharCode(byte));
  return rank < 0 ? FREQUENT.length : rank;
}

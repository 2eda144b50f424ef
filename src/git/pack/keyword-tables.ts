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
  const groups = grouped(withoutCovered(keywords));
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

/** Without those in which another one stands that is enough to find them; of equal ones the first stays. */
function withoutCovered(keywords: readonly FilterKeyword[]): readonly FilterKeyword[] {
  const texts = keywords.map(({ text }) => Buffer.from(text).toString('latin1'));
  return keywords.filter((keyword, i) => {
    const text = texts[i] ?? '';
    return !texts.some((other, j) => {
      if (j === i || !text.includes(other)) return false;
      const by = keywords[j];
      if (by === undefined || by.run > 0 || by.isEncoded !== keyword.isEncoded) return false;
      const isEqual = other.length === text.length && keyword.run === 0;
      return !isEqual || j < i;
    });
  });
}

/** For each looked-for byte the low halves and the high halves that it may have, as bits. */
type HalfSets = readonly number[];

interface Group {
  sets: HalfSets;
  /** Of all windows, which it lets through. */
  share: number;
  readonly entries: KeywordEntry[];
}

const NONE: HalfSets = Array.from({ length: WINDOW * 2 }, () => 0);

/** Each keyword joins the group that it widens least: what lets little else through is hardly ever looked at in vain. */
function grouped(keywords: readonly FilterKeyword[]): readonly Group[] {
  const groups = Array.from({ length: GROUPS }, (): Group => ({ sets: NONE, share: 0, entries: [] }));
  for (const keyword of keywords) {
    const entry = entryOf(keyword);
    const own = halfSets(entry);
    let [best, least] = [groups[0], Number.POSITIVE_INFINITY];
    for (const group of groups) {
      const cost = breadth(group.sets, own) - group.share;
      if (cost < least) [best, least] = [group, cost];
    }
    if (best === undefined) break;
    best.share = breadth(best.sets, own);
    best.sets = best.sets.map((set, i) => set | (own[i] ?? 0));
    best.entries.push(entry);
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
  return !isEncoded && isLetter(byte) ? 0x20 : 0;
}

/** The share of all windows that a group lets through which has both sets. */
function breadth(sets: HalfSets, more: HalfSets): number {
  let share = 1;
  for (const [i, set] of sets.entries()) share *= bitCount(set | (more[i] ?? 0)) / 16;
  return share;
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function halfSets({ at, keyword: { text, isEncoded } }: KeywordEntry): HalfSets {
  const sets: number[] = [];
  for (let i = 0; i < WINDOW; i += 1) {
    const byte = text[at + i];
    // Behind a shorter text, anything may stand.
    const low = byte === undefined ? 0xffff : 1 << (byte & 15);
    let high = byte === undefined ? 0xffff : 1 << (byte >>> 4);
    // The other case of a letter differs in the high half alone.
    if (byte !== undefined && !isEncoded && isLetter(byte)) high |= 1 << ((byte - 32) >>> 4);
    sets.push(low, high);
  }
  return sets;
}

const isLetter = (byte: number): boolean => byte >= 97 && byte <= 122;

function rarestWindow(text: Uint8Array): number {
  let [best, bestScore] = [0, Number.NEGATIVE_INFINITY];
  for (let at = 0; at + WINDOW <= text.length; at += 1) {
    let score = 0;
    for (let i = 0; i < WINDOW; i += 1) score += RARITY[text[at + i] ?? 0] ?? 0;
    if (score > bestScore) [best, bestScore] = [at, score];
  }
  return best;
}

const RARITY = new Uint8Array(256).fill(FREQUENT.length);
for (const [rank, byte] of Buffer.from(FREQUENT).entries()) RARITY[byte] = rank;

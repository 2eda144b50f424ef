import type { FilterKeyword } from './pack-filter.js';

/** The bytes of a keyword that are looked for first. */
const WINDOW = 4;
const GROUPS = 8;
/** Letters of English text and code, the most frequent first; what is missing is rarer. */
const FREQUENT = ' etaoinsrlcdupmfhgybvwk_.0';

export interface KeywordEntry {
  /** One bit. */
  readonly group: number;
  /** Where the looked-for bytes stand in the text. */
  readonly at: number;
  readonly keyword: FilterKeyword;
}

export interface KeywordTables {
  /** For each of the four bytes a table by its low and one by its high half: the groups' bits. Then 16 bytes of room. */
  readonly halves: Uint8Array;
  readonly entries: readonly KeywordEntry[];
}

/** @param keywords in lower case, of at least four bytes. */
export function keywordTables(keywords: readonly FilterKeyword[]): KeywordTables {
  const halves = new Uint8Array(WINDOW * 32 + 16);
  const entries = grouped(keywords.filter((keyword) => !isCovered(keyword, keywords)));
  for (const { group, at, keyword } of entries) {
    for (let i = 0; i < WINDOW; i += 1) {
      for (const byte of bothCases(keyword.text[at + i] ?? 0)) {
        const [low, high] = [i * 32 + (byte & 15), i * 32 + 16 + (byte >>> 4)];
        halves[low] = (halves[low] ?? 0) | group;
        halves[high] = (halves[high] ?? 0) | group;
      }
    }
  }
  return { halves, entries };
}

/** Whether another keyword stands in it and is enough to find it; of equal ones the first stays. */
function isCovered(keyword: FilterKeyword, all: readonly FilterKeyword[]): boolean {
  const text = Buffer.from(keyword.text);
  return all.some((other) => {
    if (other === keyword || other.run > 0 || !text.includes(Buffer.from(other.text))) return false;
    const isEqual = other.text.length === text.length && keyword.run === 0;
    return !isEqual || all.indexOf(other) < all.indexOf(keyword);
  });
}

/** Keywords with the same looked-for bytes share a group, so that groups stay narrow. */
function grouped(keywords: readonly FilterKeyword[]): KeywordEntry[] {
  const groups = new Map<string, number>();
  return keywords.map((keyword) => {
    const at = rarestWindow(keyword.text);
    const bytes = Buffer.from(keyword.text.subarray(at, at + WINDOW)).toString('latin1');
    const group = groups.get(bytes) ?? 1 << (groups.size % GROUPS);
    groups.set(bytes, group);
    return { group, at, keyword };
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

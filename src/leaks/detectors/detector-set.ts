import { Secret } from '../../core/secret.js';
import { KeywordAutomaton } from '../../match/keyword-automaton.js';
import { LiteralSet } from '../../match/literal-set.js';
import { characterClass, runEnd } from './character-class.js';
import type { Detection, Detector } from './detector.js';
import { encodedKeywords } from './encoded-keywords.js';
import { encodedRuns } from './encoded-runs.js';
import { entropy, isPlaceholder } from './placeholder.js';
import { type KeywordAt, runSearch } from './searches.js';

export interface Detected extends Detection {
  readonly detector: Detector;
}

/** Hostile text can be nothing but keywords; more of one detector's in one window are not looked at. */
const MAX_KEYWORDS = 200_000;

/** Shorter keywords begin in every line, as imported rules have them. */
const MIN_LITERAL = 4;

/** As far as any search of a detector looks to either side. */
export const CONTEXT = 1024;

interface Keyword {
  readonly text: Uint8Array;
  /** The number of characters of base64 that must follow it. */
  readonly run: number;
}

/** All detectors at once: one pass for their keywords, then a look around those that stand there. */
export class DetectorSet {
  readonly detectors: readonly Detector[];
  /** All keywords, in lower case. */
  readonly keywords: readonly Keyword[];
  /** How keywords look inside of base64 and hex. */
  readonly encodedKeywords: readonly Uint8Array[];
  readonly #encoded: LiteralSet;
  readonly #owners: readonly number[];
  readonly #literals: Pick<LiteralSet, 'findAll'>;

  constructor(detectors: readonly Detector[]) {
    this.detectors = detectors;
    const plain = detectors.flatMap((detector, owner) =>
      detector.keywords.map((keyword) => ({ owner, text: Buffer.from(keyword.toLowerCase()) })),
    );
    this.#owners = plain.map(({ owner }) => owner);
    this.keywords = plain.map(({ owner, text }) => ({ text, run: runBehind(detectors[owner]) }));
    this.encodedKeywords = encodedKeywords(detectors).map((text) => Buffer.from(text));
    this.#encoded = new LiteralSet(this.encodedKeywords);
    const texts = this.keywords.map(({ text }) => text);
    const hasShort = texts.some(({ length }) => length < MIN_LITERAL);
    this.#literals = hasShort ? new KeywordAutomaton(texts) : new LiteralSet(texts, { foldCase: true });
  }

  /** What looks like a key and not like an example, as it stands or encoded. */
  detect(bytes: Uint8Array): Detected[] {
    const places = this.#places(bytes);
    const everywhere = [...places.values()].flat();
    this.#encoded.findAll(bytes, (_, from) => {
      if (everywhere.length < MAX_KEYWORDS) everywhere.push({ from, to: from });
    });
    if (everywhere.length === 0) return [];
    everywhere.sort(byPlace);
    return [...this.#detectPlain(bytes, places), ...this.#detectEncoded(bytes, everywhere)];
  }

  /** Where keywords stand, by detector. */
  #places(bytes: Uint8Array): Map<number, KeywordAt[]> {
    const byDetector = new Map<number, KeywordAt[]>();
    this.#literals.findAll(bytes, (keyword, from) => {
      const owner = this.#owners[keyword] ?? 0;
      const places = byDetector.get(owner) ?? [];
      if (places.length === 0) byDetector.set(owner, places);
      const length = this.keywords[keyword]?.text.length ?? 0;
      if (places.length < MAX_KEYWORDS) places.push({ from, to: from + length });
    });
    return byDetector;
  }

  #detectPlain(bytes: Uint8Array, places: ReadonlyMap<number, KeywordAt[]>): Detected[] {
    return this.detectors.flatMap((detector, owner) => {
      const keywords = places.get(owner)?.sort(byPlace);
      if (keywords === undefined) return [];
      return runSearch({ bytes, detector, keywords })
        .filter(({ value }) => isPlausible(value, detector))
        .map((detection) => ({ ...detection, detector }));
    });
  }

  /** As if the text stood there unencoded, among what stands around it: `C3D_API_KEY: RkFLRQ…` names the key as it would in clear. */
  #detectEncoded(bytes: Uint8Array, keywords: readonly KeywordAt[]): Detected[] {
    return [...encodedRuns(bytes, keywords)].flatMap(({ runFrom, from, to, text, width, encoding }) => {
      const before = bytes.subarray(Math.max(0, runFrom - CONTEXT), runFrom);
      const clear = Buffer.concat([before, text, afterPadding(bytes, to)]);
      const [first, end] = [before.length, before.length + text.length];
      return this.#detectPlain(clear, this.#places(clear))
        .filter((detected) => detected.from >= first && detected.to <= end)
        .map((detected) => ({
          ...detected,
          encoding,
          from: from + Math.floor((detected.from - first) * width),
          to: Math.min(to, from + Math.ceil((detected.to - first) * width)),
        }));
    });
  }
}

const byPlace = (a: KeywordAt, b: KeywordAt): number => a.from - b.from || a.to - b.to;

const EQUALS = characterClass('=');
function afterPadding(bytes: Uint8Array, to: number): Uint8Array {
  const end = runEnd(bytes, to, EQUALS, 2);
  return bytes.subarray(end, end + CONTEXT);
}

/** The base64 of a user name and a colon: what must stand behind a scheme word at the least. */
const runBehind = (detector: Detector | undefined): number =>
  detector?.search.kind === 'basic-auth' ? Math.floor((detector.shape.minLength * 4) / 3) : 0;

const isPlausible = (value: string, detector: Detector): boolean =>
  entropy(value) >= detector.minEntropy &&
  (!detector.needsDigit || /\d/.test(value)) &&
  (keepsExamples(detector) || !isPlaceholder(value, detector.placeholders)) &&
  !isDocumented(value, detector);

const keepsExamples = ({ search }: Detector): boolean => search.kind === 'regex' && search.keepsExamples;

const isDocumented = (value: string, { documented }: Detector): boolean =>
  documented.length > 0 && documented.includes(Secret.of(value).fingerprint());

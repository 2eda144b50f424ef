import { Secret } from '../../core/secret.js';
import { LiteralSet } from '../../match/literal-set.js';
import type { Detection, Detector } from './detector.js';
import { entropy, isPlaceholder } from './placeholder.js';
import { type KeywordAt, runSearch } from './searches.js';

export interface Detected extends Detection {
  readonly detector: Detector;
}

/** Hostile text can be nothing but keywords; more of one detector's in one window are not looked at. */
const MAX_KEYWORDS = 200_000;

/** All detectors at once: one pass for their keywords, then a look around those that stand there. */
export class DetectorSet {
  readonly detectors: readonly Detector[];
  readonly #owners: readonly number[];
  readonly #lengths: readonly number[];
  readonly #keywords: LiteralSet;
  /** All keywords, in lower case, with the number of characters of base64 that must follow them. */
  readonly keywords: readonly { readonly text: Uint8Array; readonly run: number }[];

  constructor(detectors: readonly Detector[]) {
    this.detectors = detectors;
    const keywords = detectors.flatMap((detector, owner) =>
      detector.keywords.map((keyword) => ({ owner, bytes: Buffer.from(keyword.toLowerCase()) })),
    );
    this.#owners = keywords.map(({ owner }) => owner);
    this.#lengths = keywords.map(({ bytes }) => bytes.length);
    this.keywords = keywords.map(({ bytes, owner }) => ({ text: bytes, run: runBehind(detectors[owner]) }));
    this.#keywords = new LiteralSet(
      keywords.map(({ bytes }) => bytes),
      { foldCase: true },
    );
  }

  /** What looks like a key and not like an example, in the order of detectors and offsets. */
  detect(bytes: Uint8Array): Detected[] {
    const byDetector = new Map<number, KeywordAt[]>();
    this.#keywords.findAll(bytes, (keyword, from) => {
      const owner = this.#owners[keyword] ?? 0;
      const places = byDetector.get(owner) ?? [];
      if (places.length === 0) byDetector.set(owner, places);
      if (places.length < MAX_KEYWORDS) places.push({ from, to: from + (this.#lengths[keyword] ?? 0) });
    });
    return this.detectors.flatMap((detector, owner) => {
      const keywords = byDetector.get(owner);
      if (keywords === undefined) return [];
      keywords.sort((a, b) => a.from - b.from || a.to - b.to);
      return runSearch({ bytes, detector, keywords })
        .filter(({ value }) => isPlausible(value, detector))
        .map((detection) => ({ ...detection, detector }));
    });
  }
}

/** The base64 of a user name and a colon: what must stand behind a scheme word at the least. */
const runBehind = (detector: Detector | undefined): number =>
  detector?.search.kind === 'basic-auth' ? Math.floor((detector.shape.minLength * 4) / 3) : 0;

const isPlausible = (value: string, detector: Detector): boolean =>
  entropy(value) >= detector.minEntropy &&
  (!detector.needsDigit || /\d/.test(value)) &&
  !isPlaceholder(value, detector.placeholders) &&
  !isDocumented(value, detector);

const isDocumented = (value: string, { documented }: Detector): boolean =>
  documented.length > 0 && documented.includes(Secret.of(value).fingerprint());

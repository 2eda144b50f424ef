import { createHmac } from 'node:crypto';
import { serialize } from 'node:v8';
import { compareText } from '../../core/compare-text.js';
import { MIN_SEARCHED_LENGTH } from '../../match/encodings.js';
import type { Detector } from '../detectors/detector.js';
import type { KnownKey, NeedlesRequest } from '../needles.js';

/**
 * What stands for everything that was looked for, in the place of it: digests under a key that only this cache has. Nobody can
 * tell from them which keys were known, nor try guesses without that key.
 */
export interface NeedleTags {
  /** Of all of them together. */
  readonly digest: string;
  /** What a scan that looked for the tagged needles did not look for. */
  without(tags: ReadonlySet<string>): NeedlesRequest;
  /** One for each needle, in order. */
  list(): readonly string[];
}

/** Enough that two needles never have the same one. */
const TAG_BYTES = 16;

export function needleTags(request: NeedlesRequest, key: Buffer): NeedleTags {
  const { known, detectors, pepper, ...others } = request;
  // Whatever else there may be to look for one day must be in the digest.
  others satisfies Record<string, never>;
  const keys = known.map((one) => ({ one, text: keyText(one) }));
  const shapes = detectors.map((one) => ({ one, text: detectorText(one) }));
  const tag = (text: string): string =>
    createHmac('sha256', key).update(text).digest().subarray(0, TAG_BYTES).toString('hex');
  const texts = [...new Set([...keys, ...shapes].map(({ text }) => text))].sort(compareText);
  return {
    digest: tag(texts.map((text) => `${text.length}:${text}`).join('')),
    without: (tags) => ({
      known: keys.filter(({ text }) => !tags.has(tag(text))).map(({ one }) => one),
      detectors: shapes.filter(({ text }) => !tags.has(tag(text))).map(({ one }) => one),
      ...(pepper === undefined ? {} : { pepper }),
    }),
    list: () => texts.map(tag).sort(compareText),
  };
}

/** With its value a key is looked for in all encodings, without it as a word; a pepper is in the fingerprint. */
function keyText({ fingerprint, secret }: KnownKey): string {
  const hasForms = secret !== undefined && secret.length >= MIN_SEARCHED_LENGTH;
  return `${hasForms ? 'value' : 'word'} ${fingerprint}`;
}

/** All that it consists of, of whatever kind; where its file lies does not count. */
const detectorText = (detector: Detector): string =>
  `detector ${serialize({ ...detector, file: '' }).toString('base64')}`;

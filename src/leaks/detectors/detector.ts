import type { Confidence } from '../../core/leak.js';
import type { AllowList } from './allow-list.js';

/** What a value is made of. Lengths count the value itself, without a prefix that belongs to it. */
export interface Shape {
  readonly alphabet: Alphabet;
  readonly minLength: number;
  readonly maxLength: number;
  /** What every value begins with. */
  readonly begins?: string | undefined;
}

export const ALPHABETS = {
  alphanumeric: 'A-Za-z0-9',
  'lower-alphanumeric': 'a-z0-9',
  token: 'A-Za-z0-9_-',
} as const;
export type Alphabet = keyof typeof ALPHABETS;

/** How a value stands to the keyword that drew attention to it. */
export type Search =
  /** The keyword begins the value (`orgkey-…`). */
  | { readonly kind: 'prefix' }
  /** The value comes right behind the keyword (`APIKEY:ORGANIZATION …`). */
  | { readonly kind: 'after' }
  /** The keyword is part of a name that has one of `names` in it, and the value is assigned to that name. */
  | { readonly kind: 'assigned'; readonly names: readonly string[] }
  /** The keyword is within `distance` bytes, and one of `introducers` ends at most `gap` bytes before the value. */
  | {
      readonly kind: 'near';
      readonly distance: number;
      readonly introducers: readonly string[];
      readonly gap: number;
    }
  /** The keyword is an authentication scheme; the value is the user name in its base64, with an empty password. */
  | { readonly kind: 'basic-auth' }
  /** A JSON Web Token whose payload has this audience; the keywords are its base64 forms. */
  | { readonly kind: 'jwt'; readonly audience: string }
  /** For detectors of users: a pattern that is tried around the keywords, by an engine whose time is linear. */
  | {
      readonly kind: 'regex';
      readonly pattern: string;
      /** Which group is the value; 0: the first that is not empty. */
      readonly group: number;
      readonly allow: readonly AllowList[];
      /** The rule tells keys from examples by itself. */
      readonly keepsExamples: boolean;
    };

/** How one kind of unknown key is recognised; one file of `rules/detectors/`. */
export interface Detector {
  readonly id: string;
  readonly vendor: string;
  readonly title: string;
  readonly confidence: Confidence;
  /** Lower or upper case. Nothing is looked at unless one of them stands there. */
  readonly keywords: readonly string[];
  readonly search: Search;
  readonly shape: Shape;
  /** Bits of Shannon entropy per character. */
  readonly minEntropy: number;
  readonly needsDigit: boolean;
  /** Texts that a documentation's example has in it, in lower case. */
  readonly placeholders: readonly string[];
  /** Fingerprints (without pepper) of values that the vendor's documentation shows as examples. */
  readonly documented: readonly string[];
  /** Texts in which it must, and must not, find something; run by the tests. */
  readonly examples: { readonly positive: readonly string[]; readonly negative: readonly string[] };
  readonly file: string;
}

/** A value that a detector found, before it is a candidate. */
export interface Detection {
  readonly value: string;
  /** Where it stands, in bytes; for an encoded value the encoded text. */
  readonly from: number;
  readonly to: number;
  readonly encoding: string;
}

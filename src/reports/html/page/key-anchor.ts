import { digestOf } from '../../../core/digest.js';

/** The id of a key's section: stable, so that links to it can be kept, and safe in any attribute. */
export const keyAnchor = (source: string, id: string): string => `key-${digestOf(source, id).slice(0, 12)}`;

/** The id of a leaked string's section. */
export const leakAnchor = (fingerprint: string): string => `leak-${digestOf(fingerprint).slice(0, 12)}`;

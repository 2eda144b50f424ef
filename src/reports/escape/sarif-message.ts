import { visibleProse } from './visible.js';

/**
 * Untrusted text for a SARIF message: braces doubled, because single ones are placeholders; brackets and backslashes
 * escaped, because `[text](target)` is a link.
 */
export const sarifMessage = (text: string): string =>
  visibleProse(text)
    .replace(/[\\[\]]/g, (sign) => `\\${sign}`)
    .replace(/[{}]/g, (sign) => sign + sign);

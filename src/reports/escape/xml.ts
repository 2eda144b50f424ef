import { html } from './html.js';
import { visible } from './visible.js';

/** Untrusted text for XML 1.0, which forbids most control characters even as entities. */
export const xml = (text: string): string => html(visible(text));

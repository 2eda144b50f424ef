import { createHash } from 'node:crypto';
import { SCRIPT } from './script.js';
import { STYLE_BASE } from './style-base.js';
import { STYLE_PARTS } from './style-parts.js';

const STYLE = STYLE_BASE + STYLE_PARTS;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, sent or embedded; only our own style and script run, known by their hashes. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @param title markup-safe text of ours. */
export const documentHead = (title: string): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#main">Skip to the report</a>',
    '',
  ].join('\n');

export const DOCUMENT_END = `<script>${SCRIPT}</script>\n</body>\n</html>\n`;

import { existsSync } from 'node:fs';

/** Where Debian and others put Chromium; `CHROMIUM` names another one. */
const CANDIDATES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A real browser, where there is one. On Debian: `apt-get install chromium`. */
export const chromiumPath = (): string | undefined =>
  CANDIDATES.find((path) => path !== undefined && existsSync(path));

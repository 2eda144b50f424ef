import type { Report } from '../rendered-file.js';
import { canonicalLines } from './canonical.js';
import { keyJson, projectJson } from './key-json.js';

/** `keyaudit.json`: everything that was found, for programs; keys sorted, one line an element, stable bytes. */
export const jsonReport: Report = (result) => [
  {
    path: 'keyaudit.json',
    content: canonicalLines({
      ...result,
      keys: result.keys.map(keyJson),
      projects: result.projects.map(projectJson),
    }),
  },
];

import type { Report } from '../rendered-file.js';
import { canonicalLines } from './canonical.js';
import { keyJson, projectJson } from './key-json.js';

/** `keyaudit.json`: everything that was found (the history has a file of its own), for programs; keys sorted, one line an element, stable bytes. */
export const jsonReport: Report = ({ history: _history, ...result }) => [
  {
    path: 'keyaudit.json',
    content: canonicalLines({
      ...result,
      keys: result.keys.map(keyJson),
      projects: result.projects.map(projectJson),
    }),
  },
];

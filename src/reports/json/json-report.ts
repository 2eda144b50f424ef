import type { Report } from '../rendered-file.js';
import { trendOf } from '../words/trend.js';
import { canonicalLines } from './canonical.js';
import { keyJson, projectJson } from './key-json.js';

/**
 * `keyaudit.json`: everything that was found, for programs; keys sorted, one line an element, stable bytes. The history has a
 * file of its own; what it says about this run is `trend`, absent in a first run.
 */
export const jsonReport: Report = ({ history, ...result }) => {
  const trend = trendOf(history);
  return [
    {
      path: 'keyaudit.json',
      content: canonicalLines({
        ...result,
        keys: result.keys.map(keyJson),
        projects: result.projects.map(projectJson),
        ...(trend === undefined ? {} : { trend }),
      }),
    },
  ];
};

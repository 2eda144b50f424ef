import type { Report } from '../rendered-file.js';
import { completeRuns } from './complete-log.js';
import { githubFiles } from './github-files.js';
import { logText } from './log-text.js';

/** `keyaudit.sarif`, and what GitHub should ingest under `github/`. */
export const sarifReport: Report = (result) => [
  { path: 'keyaudit.sarif', content: logText(completeRuns(result)) },
  ...githubFiles(result),
];

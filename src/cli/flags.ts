import { SEVERITIES } from '../core/finding.js';
import { CI_SYSTEMS } from './starter-files.js';
import { STANDARD_IDS } from '../rules/standards.js';

/** One option of the command line. The table below feeds the parser, the help and the README. */
export interface Flag {
  /** Placeholder of its value in the help; absent for a switch. */
  readonly value?: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  readonly default?: string;
}

export const FLAGS = {
  config: { value: 'FILE', summary: 'the configuration', default: 'audit.config.yaml' },
  out: { value: 'PATH', summary: 'where the result goes: a folder (audit, demo) or a file (collect)' },
  format: { value: 'LIST', summary: 'reports to write, separated by commas' },
  inventory: { value: 'FILE', summary: 'judge a recorded inventory; no vendor is called' },
  'cache-dir': {
    value: 'DIR',
    summary:
      'keep there between runs: the inventory (for drift and last-good), repositories, what was scanned; default: nothing',
  },
  'max-disk': {
    value: 'SIZE',
    summary:
      'what repositories from GitHub may take on disk (20G): scanned ones go when others need the room',
  },
  'write-register': { summary: 'add keys that the key register does not know; its lines stay as they are' },
  'as-of': { value: 'DATE', summary: 'judge as if it were that day (2026-11-01, or with time and offset)' },
  until: { value: 'DATE', summary: 'tell what will fail before that day (default: a week later)' },
  'fail-on': { value: 'SEVERITY', summary: 'the least severity that fails the gate', choices: SEVERITIES },
  baseline: {
    value: 'FILE',
    summary: 'findings that are known',
    default: 'audit.baseline beside the configuration',
  },
  'new-only': { summary: 'the gate looks at findings that are not in the baseline only' },
  shard: {
    value: 'I/N',
    summary: 'scan one of N parts of the repositories and write down what is seen, for keyaudit merge',
  },
  staged: { summary: 'look at what is to be committed only, for a pre-commit hook' },
  upload: {
    summary: "send each github/*.sarif to its repository's code scanning; needs a token that may write there",
  },
  'open-issues': {
    summary: 'tell what issues for owners (reports.issues) would be opened, updated and closed',
  },
  yes: { summary: 'do what --open-issues tells; needs a token that may write issues' },
  concurrency: { value: 'N', summary: 'repositories fetched at once', default: '4' },
  port: { value: 'N', summary: 'port on loopback; 0 picks a free one', default: '4817' },
  standard: { value: 'NAME', summary: `the controls of one standard: ${STANDARD_IDS.join(', ')}` },
  ci: { value: 'NAME', summary: 'CI files to write', choices: CI_SYSTEMS, default: 'github' },
  force: { summary: 'overwrite files that exist' },
  quiet: { summary: 'no progress and no summary; files and exit code only' },
  verbose: { summary: 'name every repository and key that is being read' },
  'no-color': { summary: 'plain text' },
  help: { summary: 'show this help' },
  version: { summary: 'show the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;

/** Every command understands these. */
export const COMMON_FLAGS = ['quiet', 'verbose', 'no-color', 'help'] as const satisfies readonly FlagName[];

export const flagOf = (name: FlagName): Flag => FLAGS[name];

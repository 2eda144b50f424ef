import type { Command } from '../command.js';
import { auditCommand } from './audit.js';
import { baselineCommand } from './baseline.js';
import { collectCommand } from './collect.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor.js';
import { fingerprintCommand } from './fingerprint.js';
import { initCommand } from './init.js';
import { leaksCommand } from './leaks.js';
import { mergeCommand } from './merge.js';
import { rulesExplainCommand } from './rules-explain.js';
import { rulesFactsCommand } from './rules-facts.js';
import { rulesListCommand } from './rules-list.js';
import { rulesTestCommand } from './rules-test.js';
import { sandboxCommand } from './sandbox.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  auditCommand,
  collectCommand,
  leaksCommand,
  baselineCommand,
  mergeCommand,
  rulesListCommand,
  rulesExplainCommand,
  rulesTestCommand,
  rulesFactsCommand,
  fingerprintCommand,
  doctorCommand,
  initCommand,
  demoCommand,
  sandboxCommand,
];

import { resolve } from 'node:path';
import { baselineText, parseBaseline } from '../../findings/baseline.js';
import { auditOptions } from '../audit-options.js';
import { baselinePath, replacedBaseline } from '../baseline-file.js';
import { type Command, switchedOn } from '../command.js';
import { coverageLines } from '../coverage-lines.js';
import { loadSetup } from '../load-config.js';
import { runAudit } from '../run-audit.js';

export const baselineCommand: Command = {
  name: 'baseline',
  summary: "accept today's findings as known; refuses after an audit that could not read everything",
  maxArgs: 0,
  flags: ['config', 'baseline', 'inventory', 'as-of', 'concurrency'],
  examples: [
    ['keyaudit baseline', 'audits, then writes audit.baseline; commit it'],
    ['keyaudit audit --new-only', 'from then on: fail on what is not in it'],
  ],
  async run(invocation, shell) {
    const options = await auditOptions(invocation, await loadSetup(invocation, shell), shell);
    const path = baselinePath(invocation, options.config);
    const before = (await replacedBaseline(path, shell)) ?? new Set<string>();
    const { findings, coverage } = await runAudit(options, shell);
    for (const line of coverageLines(coverage, [])) shell.warn(line);
    const text = baselineText(findings, coverage);
    await shell.writeFile(resolve(shell.cwd, path), text);
    if (switchedOn(invocation, 'quiet')) return 0;
    const now = parseBaseline(text, path);
    const added = [...now].filter((id) => !before.has(id)).length;
    const gone = [...before].filter((id) => !now.has(id)).length;
    shell.print(`${path}: ${now.size} known findings; ${added} added, ${gone} taken out`);
    return 0;
  },
};

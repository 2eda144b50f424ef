import { explainRule } from '../../rules/explain.js';
import type { Command } from '../command.js';
import { loadConfiguredRules } from '../load-rules.js';

export const rulesExplainCommand: Command = {
  name: 'rules explain',
  summary: 'one rule: what it observes, why, how to fix it, and where each number comes from',
  args: 'ID',
  minArgs: 1,
  maxArgs: 1,
  flags: ['config'],
  examples: [['keyaudit rules explain network-unrestricted', 'usable from any address']],
  async run({ args, ...invocation }, shell) {
    const ruleSet = await loadConfiguredRules({ ...invocation, args }, shell);
    shell.print(explainRule(ruleSet, args[0] ?? ''));
    return 0;
  },
};

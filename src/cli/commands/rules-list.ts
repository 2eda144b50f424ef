import { listRules } from '../../rules/list.js';
import type { Command } from '../command.js';
import { loadConfiguredRules } from '../load-rules.js';

export const rulesListCommand: Command = {
  name: 'rules list',
  summary: 'the rule book, a line each',
  maxArgs: 0,
  flags: ['config'],
  examples: [
    ['keyaudit rules list', 'the built-in rules, and your own where the configuration names some'],
    ['keyaudit rules explain network-unrestricted', 'one of them, with why, fix and sources'],
  ],
  async run(invocation, shell) {
    const { rules } = await loadConfiguredRules(invocation, shell);
    shell.print(listRules(rules));
    return 0;
  },
};

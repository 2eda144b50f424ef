import { listRules } from '../../rules/list.js';
import { listControls } from '../../rules/standards.js';
import { type Command, textFlag } from '../command.js';
import { loadConfiguredRules } from '../load-rules.js';

export const rulesListCommand: Command = {
  name: 'rules list',
  summary: 'the rule book, a line each',
  maxArgs: 0,
  flags: ['config', 'standard'],
  examples: [
    ['keyaudit rules list', 'the built-in rules, and your own where the configuration names some'],
    ['keyaudit rules list --standard owasp-nhi', "a standard's controls, and which rules speak to each"],
    ['keyaudit rules explain network-unrestricted', 'one of them, with why, fix and sources'],
  ],
  async run(invocation, shell) {
    const { rules } = await loadConfiguredRules(invocation, shell);
    const standard = textFlag(invocation, 'standard');
    shell.print(standard === undefined ? listRules(rules) : listControls(rules, standard));
    return 0;
  },
};

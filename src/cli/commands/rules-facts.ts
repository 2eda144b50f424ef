import { VOCABULARY } from '../../facts/index.js';
import { PROVIDERS } from '../../providers/index.js';
import { listFacts } from '../../rules/list-facts.js';
import type { Command } from '../command.js';
import { factTellers } from '../fact-tellers.js';

export const rulesFactsCommand: Command = {
  name: 'rules facts',
  summary: 'every fact that a rule may read: type, unit, meaning, and which vendors can tell it',
  maxArgs: 0,
  flags: [],
  examples: [['keyaudit rules facts', 'the words of the language in which rules are written']],
  run(_invocation, shell) {
    shell.print(listFacts(VOCABULARY, factTellers(PROVIDERS)));
    return Promise.resolve(0);
  },
};

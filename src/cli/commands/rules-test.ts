import { VOCABULARY } from '../../facts/index.js';
import { loadRules } from '../../rules/load.js';
import { selfTest } from '../../rules/self-test.js';
import { counted } from '../../reports/words/number-text.js';
import type { Command } from '../command.js';

export const rulesTestCommand: Command = {
  name: 'rules test',
  summary: "run the rules' own examples through the engine, in both directions",
  args: '[DIR …]',
  maxArgs: 100,
  flags: [],
  examples: [
    ['keyaudit rules test', 'the built-in rules'],
    ['keyaudit rules test security/rules', 'your own, before you commit them'],
  ],
  async run({ args }, shell) {
    const rules = await loadRules({
      vocabulary: VOCABULARY,
      directories: args,
      withoutBuiltIn: args.length > 0,
    });
    const results = selfTest(rules);
    const failures = results.filter(({ failure }) => failure !== undefined);
    for (const { rule, it, failure } of failures) shell.print(`${rule}: ${it}: ${failure ?? ''}`);
    shell.print(
      `${counted(rules.rules.length, 'rule')}, ${counted(results.length, 'example')}, ${failures.length} failed`,
    );
    return failures.length === 0 ? 0 : 2;
  },
};

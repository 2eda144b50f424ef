import { VOCABULARY } from '../../facts/index.js';
import { loadRules } from '../../rules/load.js';
import { selfTest } from '../../rules/self-test.js';
import { configIfThere } from '../load-rules.js';
import { testDetectors } from '../test-detectors.js';
import { counted } from '../../reports/words/number-text.js';
import type { Command } from '../command.js';

export const rulesTestCommand: Command = {
  name: 'rules test',
  summary: "run the rules' own examples through the engine, in both directions",
  args: '[DIR …]',
  maxArgs: 100,
  flags: ['config'],
  examples: [
    ['keyaudit rules test', 'the built-in rules, and the detectors of your own that the configuration names'],
    ['keyaudit rules test security/rules', 'your own, before you commit them'],
  ],
  async run(invocation, shell) {
    const { args } = invocation;
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
    const config = args.length > 0 ? undefined : await configIfThere(invocation, shell);
    const failed = config === undefined ? 0 : await testDetectors(config, shell);
    return failures.length + failed === 0 ? 0 : 2;
  },
};

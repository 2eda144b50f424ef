import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { createTestShell } from '../support/test-shell.js';
import { ruleText, withFolder } from '../support/rule-book.js';

async function said(...argv: readonly string[]) {
  const shell = await createTestShell({});
  const code = await run(argv, COMMANDS, shell);
  return { code, out: shell.said.out, err: shell.said.err };
}

describe('keyaudit rules', () => {
  it('facts prints type, unit, meaning and who can tell', async () => {
    const { code, out } = await said('rules', 'facts');
    expect(code).toBe(0);
    expect(out).toMatch(/^key\.allowlist +list of texts +addresses[^]+?\n +told by vidbeo\nkey\.anyAddress/m);
    expect(out).toMatch(/^key\.ageDays +number of days /m);
  });

  it('list --standard shows controls, rules, strengths, and what is not covered', async () => {
    const { code, out } = await said('rules', 'list', '--standard', 'owasp-nhi');
    expect(code).toBe(0);
    expect(out).toMatch(/^NHI3 +Vulnerable Third-Party NHI\n {2}not covered by any rule$/m);
    expect(out).toContain('Rules speak to 8 of the 10 controls');
  });

  it('list --standard suggests the one that was meant', async () => {
    const { code, err } = await said('rules', 'list', '--standard', 'iso27001');
    expect(code).toBe(2);
    expect(err).toContain('there is no standard iso27001; did you mean iso-27001?');
  });

  it('test speaks of one rule in the singular', async () => {
    await withFolder({ 'own-rule.yaml': ruleText() }, async (folder) => {
      expect(await said('rules', 'test', folder)).toMatchObject({
        code: 0,
        out: '1 rule, 2 examples, 0 failed\n',
      });
    });
  });
});

import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors/audit-error.js';
import { ProblemsError } from '../../src/core/errors/problem.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { loadRules, type RulesRequest } from '../../src/rules/load.js';
import { ruleText, withFolder } from '../support/rule-book.js';

const load = (request: Partial<RulesRequest> = {}) => loadRules({ vocabulary: VOCABULARY, ...request });

/** The problems of one rule file, as `line:column message`. */
async function problemsIn(text: string, name = 'own-rule.yaml'): Promise<readonly string[]> {
  return withFolder({ [name]: text }, async (folder) => {
    const error: unknown = await load({ directories: [folder] }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return [];
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  });
}

describe("a user's own rule", () => {
  it('stands beside the built-in ones, in the order of ids', async () => {
    await withFolder({ 'own-rule.yaml': ruleText() }, async (folder) => {
      const { rules } = await load({ directories: [folder] });
      const ids = rules.map(({ id }) => id);
      expect(ids).toContain('own-rule');
      expect(ids).toContain('key-too-old');
      expect(ids).toEqual([...ids].sort());
    });
  });

  it('may lie in a folder below; files that are no rules are left alone', async () => {
    const files = { 'a/own-rule.yaml': ruleText(), 'detectors/x.yaml': 'no: rule', 'readme.md': 'text' };
    await withFolder(files, async (folder) => {
      const { rules } = await load({ directories: [folder], withoutBuiltIn: true });
      expect(rules.map(({ id, file }) => [id, file])).toEqual([['own-rule', `${folder}/a/own-rule.yaml`]]);
    });
  });

  it('may not take the id of a built-in rule', async () => {
    const text = ruleText({ id: 'key-too-old' });
    expect(await problemsIn(text, 'key-too-old.yaml')).toEqual([
      '1:5 key-too-old is already the id of rules/keys/key-too-old.yaml',
    ]);
  });
});

describe('a mistake in a rule file', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'an id that is not the name of the file',
      { id: 'other' },
      ['1:5 expected own-rule, the name of the file; found other'],
    ],
    [
      'a typo in a fact, with a caret below it',
      { when: 'true && key.ageDay > params.days' },
      [
        '9:15 there is no fact key.ageDay; did you mean key.ageDays?\n' +
          '    true && key.ageDay > params.days\n' +
          '            ^',
      ],
    ],
    [
      'a typo in a quoted condition',
      { when: '"key.ageDay > params.days"' },
      ['9:8 there is no fact key.ageDay; did you mean key.ageDays?\n    key.ageDay > params.days\n    ^'],
    ],
    [
      'a typo in the second line of a block',
      { when: '|\n  key.ageDays > params.days &&\n    key.canWrit' },
      ['11:5 there is no fact key.canWrit; did you mean key.canWrite?\n      key.canWrit\n      ^'],
    ],
    [
      'a fact of another kind of subject',
      { when: 'leak.places > params.days' },
      ['9:7 there is no fact leak.places\n    leak.places > params.days\n    ^'],
    ],
    [
      'a fact that is read but not listed',
      { when: 'key.ageDays > params.days && key.canWrite' },
      ['8:8 the conditions read key.canWrite: list it here'],
    ],
    [
      'a fact that is listed but not read',
      { needs: '[key.ageDays, key.name]' },
      [
        '8:22 no condition reads key.name',
        '14:42 the example says nothing about key.name',
        '14:96 the example says nothing about key.name',
      ],
    ],
    ['a param that nothing reads', { when: 'key.ageDays > 10' }, ['11:11 nothing reads params.days']],
    [
      'a placeholder that nothing fills',
      { message: '"It is {key.ageDay} days old, limit {params.days}."' },
      [
        '10:17 nothing fills {key.ageDay}; did you mean key.ageDays?\n    It is {key.ageDay} days old, limit {params.days}.\n          ^',
      ],
    ],
    [
      'a tier that is not higher',
      { tiers: '[{ severity: low, when: key.ageDays > 9 }]' },
      ['15:21 a tier must be higher than medium'],
    ],
    [
      'a tier that reads what is not listed',
      { tiers: '[{ severity: high, when: key.canWrite }]' },
      ['15:8 the tiers read key.canWrite: list it under `weighs`'],
    ],
    [
      'no example that fails',
      { examples: '{ fails: [], passes: [{ it: is new, facts: { key.ageDays: 1 } }] }' },
      ['14:20 examples.fails: too small: expected array to have >=1 items'],
    ],
    [
      'an example with a value of the wrong type',
      {
        examples:
          '{ fails: [{ it: is old, facts: { key.ageDays: "11" } }], passes: [{ it: is new, facts: { key.ageDays: 1 } }] }',
      },
      ['14:57 key.ageDays is of type int'],
    ],
    [
      'a severity that does not exist',
      { severity: 'severe' },
      ['4:11 severity: expected one of "critical"|"high"|"medium"|"low"|"info"'],
    ],
    [
      'a field that does not exist',
      { sevrity: 'high' },
      ['15:1 the file: unknown setting "sevrity"; did you mean severity?'],
    ],
  ])('is told with its place: %s', async (_what, over, problems) => {
    expect(await problemsIn(ruleText(over))).toEqual(problems);
  });

  it('is told together with all others, of all files', async () => {
    const files = {
      'own-rule.yaml': ruleText({ when: 'key.ageDay > params.days', severity: 'high' }),
      'second.yaml': ruleText({ id: 'second', severity: 'severe' }),
      'third.yaml': 'id: [',
    };
    await withFolder(files, async (folder) => {
      const error = await load({ directories: [folder] }).catch((reason: unknown) => reason);
      const problems = error instanceof ProblemsError ? error.problems : [];
      expect(problems.map(({ file }) => file.slice(folder.length + 1))).toEqual(
        expect.arrayContaining(['own-rule.yaml', 'second.yaml', 'third.yaml']),
      );
    });
  });

  it('of the YAML itself is told, and aliases that multiply are refused', async () => {
    expect(await problemsIn('id: own-rule\nid: own-rule\n')).toHaveLength(1);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`;
    expect(await problemsIn(bomb)).toHaveLength(1);
  });

  it('of size is refused before anything is read', async () => {
    expect(await problemsIn(`# ${'x'.repeat(70_000)}\n${ruleText()}`)).toEqual([
      '1:1 longer than 65536 characters',
    ]);
  });
});

describe('the configuration of rules', () => {
  it('changes a threshold, and the rule shows both numbers', async () => {
    const { rules } = await load({ params: { 'key-too-old': { days: 60 } } });
    const params = rules.find(({ id }) => id === 'key-too-old')?.params;
    expect(params?.map(({ name, value, default: standard }) => [name, value, standard])).toEqual([
      ['days', 60, 90],
      ['highDays', 365, 365],
    ]);
  });

  it('leaves out what is disabled', async () => {
    const { rules } = await load({ disable: ['name-meaningless'] });
    expect(rules.map(({ id }) => id)).not.toContain('name-meaningless');
  });

  it.each<[string, Partial<RulesRequest>, string]>([
    [
      'an unknown rule to disable',
      { disable: ['key-to-old'] },
      'rules.disable: there is no rule key-to-old; did you mean key-too-old?',
    ],
    [
      'params of an unknown rule',
      { params: { 'key-to-old': {} } },
      'rules.params: there is no rule key-to-old; did you mean key-too-old?',
    ],
    [
      'an unknown param',
      { params: { 'key-too-old': { day: 3 } } },
      'rules.params.key-too-old: there is no param day; did you mean days?',
    ],
    [
      'a value of another type',
      { params: { 'key-too-old': { days: 'x' } } },
      'rules.params.key-too-old.days: expected a whole number, found a string',
    ],
    [
      'a folder that does not exist',
      { directories: ['no/such/folder'] },
      'cannot read the rules folder no/such/folder',
    ],
  ])('with %s is an error', async (_what, request, message) => {
    const error = await load(request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error instanceof Error ? error.message : '').toBe(message);
  });
});

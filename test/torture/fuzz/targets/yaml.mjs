// Files that people write: YAML, conditions.
import { readConfig } from '../../../../dist/config/config.js';
import { suppressionOf } from '../../../../dist/config/suppressions.js';
import { AuditError } from '../../../../dist/core/errors/audit-error.js';
import { hasMisleadingName } from '../../../../dist/core/misleading-names.js';
import { known } from '../../../../dist/core/fact.js';
import { parseInstant } from '../../../../dist/core/instant.js';
import { VOCABULARY } from '../../../../dist/facts/index.js';
import { whyNotInForce } from '../../../../dist/findings/suppression-check.js';
import { readRegister } from '../../../../dist/inventory/register.js';
import { DetectorSet } from '../../../../dist/leaks/detectors/detector-set.js';
import { importGitleaks } from '../../../../dist/leaks/detectors/gitleaks.js';
import { parseDetector } from '../../../../dist/leaks/detectors/load-detectors.js';
import { checkRule } from '../../../../dist/rules/check-rule.js';
import { ConditionCompiler, paramScope } from '../../../../dist/rules/condition.js';
import { paramsOf } from '../../../../dist/rules/params.js';
import { ruleSchema } from '../../../../dist/rules/rule-schema.js';
import { ruleSource } from '../../../../dist/rules/rule-source.js';
import { dataOf } from '../../../../dist/yaml/yaml-file.js';
import { zodProblems } from '../../../../dist/yaml/zod-problems.js';
import { mutateText, mutateValue } from '../mutate.mjs';

// The smallest files that are valid, a few settings each: what they are not about would only take time.
const CONFIGS = [
  'version: 1\nsources:\n  - { id: v, vendor: vidbeo, credential: { env: K } }\n',
  'version: 1\nnetwork:\n  egress: [10.0.0.0/8, "::1"] # own\ngate: { failOn: high }\n',
  'version: 1\nsources:\n- id: a\n  vendor: api-video\n  credential: { file: k }\n',
  'version: 1\nrepositories:\n  github:\n  - { orgs: [a], token: { command: [op] } }\n',
  'version: 1\nrules:\n  params: { a: { days: 30 } }\n  severity: { a: low }\n',
  'version: 1\nsuppressions:\n- rule: a\n  subject: s/1\n  reason: accepted-risk\n  statement: >-\n    b\n  owner: t\n  created: 2026-01-01\n  expires: 2026-02-01\n',
];

const REGISTERS = [
  'version: 1\nkeys:\n  - source: v\n    id: k1\n    owner: t # t\n    status: active\n',
  'version: 1\nkeys:\n- { source: v, id: "k2", environment: prod, expires: 2027-01-01 }\n',
  'version: 1\nkeys:\n- &x { source: v, id: k3, access: read }\n',
  'version: 1\nkeys:\n',
];

const DETECTORS = [
  "id: my-key\nvendor: m\ntitle: t\nconfidence: low\nkeywords: [mykey, 'my-key']\nsearch: { kind: near, distance: 60, introducers: [key], gap: 9 }\nshape: { alphabet: token, minLength: 20, maxLength: 40 }\nexamples:\n  positive: [a]\n  negative: [b]\n",
  'id: jwt\nvendor: m\ntitle: t\nconfidence: high\nsearch: { kind: jwt, audience: a }\nshape: { alphabet: token, minLength: 8, maxLength: 900 }\nminEntropy: 3\nexamples: { positive: [a], negative: [b] }\n',
];
const DETECTED = Buffer.from(`mykey: key="${'a1B2c3D4'.repeat(4)}" my-key (key) ${'x'.repeat(60)} MYKEY`);

const RULES = [
  'id: a\ntitle: t\nsubject: key\nseverity: low\nconfidence: high\nwhy: w\nfix: f {key.id}\nneeds: [key.ageDays]\nwhen: key.ageDays > params.d\nmessage: m\nparams: { d: { default: 9, unit: days, source: s } }\nexamples:\n  fails: [{ it: a, facts: { key.ageDays: 10 } }]\n  passes: [{ it: b, facts: { key.ageDays: 9 } }]\n',
  'id: b\ntitle: t\nsubject: leak\nseverity: high\nconfidence: low\nwhy: w\nfix: f\nneeds: [leak.places]\nwhen: |\n  leak.places > 1\nmessage: m\nexamples: { fails: [], passes: [] }\n',
];

const GITLEAKS = [
  "[[rules]]\nid = \"a\"\nregex = '''(?i)mykey[=:\"]{1,3}([a-z0-9]{8,32})\\b'''\nkeywords = [\"mykey\"]\nentropy = 2.5\n",
  '[extend]\nuseDefault = true\n[[rules]]\nid = \'b\'\nregex = "my-key"\nsecretGroup = 0\npath = \'\\.py$\'\n[[rules.allowlists]]\nregexTarget = "line"\nstopwords = [ "x" ]\n',
  'title = "t"\n[allowlist]\npaths = [\'a\']\n[[rules]]\nid = "c"\nregex = \'x+\'\nkeywords = [\n  "mykey", # c\n]\n',
];

const refused = (error) => {
  if (!(error instanceof AuditError)) throw error;
};

function attempt(run) {
  try {
    run();
  } catch (error) {
    refused(error);
  }
}

const written = (seeds) => (random) => mutateText(random.pick(seeds), random, seeds);

const compilers = Object.fromEntries(
  Object.entries(VOCABULARY).map(([kind, specs]) => [kind, new ConditionCompiler(specs)]),
);

function readRule(text) {
  const source = ruleSource('r.yaml', text);
  const { data, problems } = dataOf(source.yaml);
  if (source.yaml.problems.length + problems.length > 0) return;
  const parsed = ruleSchema.safeParse(data);
  if (!parsed.success) {
    zodProblems({ yaml: source.yaml, schema: ruleSchema }, parsed.error.issues);
    return;
  }
  const rule = parsed.data;
  const vocabulary = VOCABULARY[rule.subject];
  checkRule({
    written: rule,
    source,
    vocabulary,
    compiler: compilers[rule.subject],
    params: paramsOf(rule, {}),
  });
}

const PARAMS = [
  { name: 'days', value: 20, default: 90, unit: 'days', source: 's' },
  { name: 'names', value: ['test'], default: ['test'], unit: 'names', source: 's' },
];
const EXAMPLES = { int: 7, bool: true, string: 'a.b', strings: ['10.0.0.0/8', 'x', ''] };
const judged = Object.fromEntries(VOCABULARY.key.map(({ name, type }) => [name, known(EXAMPLES[type])]));
const scope = Object.assign(compilers.key.factsOf({ fact: (name) => judged[name] }), {
  params: paramScope(PARAMS),
});

/** A condition by the grammar, mostly sound; deep now and then. */
function condition(random, depth) {
  const sub = () => condition(random, depth - 1);
  if (depth <= 0 || random.chance(1, 4)) return atom(random);
  switch (random.below(9)) {
    case 0:
      return `(${sub()})`;
    case 1:
      return `!${sub()}`;
    case 2:
      return `${sub()} ${random.pick(['&&', '||', '==', '!=', '<', '>=', 'in', '+', '-', '*', '/', '%'])} ${sub()}`;
    case 3:
      return `${sub()} ? ${sub()} : ${sub()}`;
    case 4:
      return `${sub()}.${random.pick(['exists', 'all', 'filter', 'exists_one', 'map'])}(${random.pick(['x', 'key', 'y'])}, ${sub()})`;
    case 5:
      return `${random.pick(['size', 'lower', 'glob', 'inCidr', 'matches', 'int', 'dyn', 'has'])}(${sub()}${random.chance(1, 2) ? `, ${sub()}` : ''})`;
    case 6:
      return `${sub()}.${random.pick(['startsWith', 'endsWith', 'contains', 'size', 'matches', '__proto__'])}(${sub()})`;
    case 7:
      return `[${sub()}, ${sub()}]`;
    default:
      return `${sub()}[${sub()}]`;
  }
}

const ATOMS = VOCABULARY.key
  .map(({ name }) => name)
  .concat(
    [
      'params.days',
      'params.names',
      'params.__proto__',
      'key.constructor',
      'x',
      'key',
      '1',
      '-1',
      '1u',
      '1.5e3',
      '0x7f',
    ],
    [
      '9223372036854775808',
      '"a*b"',
      "'?'",
      '"10.0.0.0/8"',
      'b"x"',
      'r"\\d"',
      'true',
      'null',
      '[]',
      '{}',
      '{"a": 1}',
    ],
  );
const atom = (random) => random.pick(ATOMS);

function judge(text) {
  const compiled = compilers.key.compile(text, PARAMS);
  if (!('holds' in compiled)) return;
  try {
    compiled.holds(scope);
  } catch (error) {
    // `judge-one.ts` makes an unknown of what cannot be worked out; a broken stack would be something else.
    if (error instanceof RangeError && /call stack/.test(error.message)) throw error;
  }
}

const AS_OF = parseInstant('2026-11-01T00:00:00Z');
const SUPPRESSION = {
  rule: 'a',
  subject: 's/1',
  reason: 'accepted-risk',
  statement: 'because',
  owner: 't',
  created: '2026-10-01',
  expires: '2026-12-01',
};

export default [
  {
    name: 'configuration',
    make: written(CONFIGS),
    run: (text) => attempt(() => readConfig({ file: 'c', text })),
  },
  {
    name: 'key register',
    make: written(REGISTERS),
    run: (text) => attempt(() => readRegister({ file: 'k', text })),
  },
  {
    name: 'detectors',
    make: written(DETECTORS),
    run(text) {
      const detector = parseDetector(text, 'd.yaml');
      if (!Array.isArray(detector)) new DetectorSet([detector]).detect(DETECTED);
    },
  },
  { name: 'rules', make: written(RULES), run: readRule },
  {
    name: "rules in gitleaks' format",
    make: written(GITLEAKS),
    run: (text) => attempt(() => new DetectorSet(importGitleaks(text, 'g.toml').detectors).detect(DETECTED)),
  },
  {
    name: 'conditions',
    make(random) {
      const text = condition(random, 1 + random.below(6));
      return random.chance(1, 3) ? mutateText(text, random, [text]) : text;
    },
    run: judge,
  },
  {
    name: 'suppressions',
    make: (random) => (random.chance(1, 2) ? mutateValue(SUPPRESSION, random) : datedSuppression(random)),
    run: (value) =>
      hasMisleadingName(value) || whyNotInForce(suppressionOf(value, { file: 'c', line: 1 }), AS_OF),
  },
];

const datedSuppression = (random) => ({
  ...SUPPRESSION,
  [random.pick(['created', 'expires'])]: mutateText('2026-11-01', random, ['2026-02-30', '0000-00-00']),
});

// Ways through the program on which a key could slip out: other commands, and files that hold a key where none belongs. Each
// answers what was said and written, by what was tried.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { filesIn } from './audit-site.mjs';

const KEY_ON_INPUT = ['bash', '-c', 'printf %s "$TORTURE_KEY" | exec "$@"', 'bash'];

/** Every command but `audit`, at each loudness. */
export async function otherCommands(site, key) {
  const commands = {
    'audit --quiet': ['audit', '--as-of', site.asOf, '--quiet'],
    'collect --write-register': ['collect', '--out', 'keys.json', '--write-register', '--verbose'],
    doctor: ['doctor'],
    'doctor --verbose': ['doctor', '--verbose'],
    leaks: ['leaks', '--out', 'leaks', '--verbose'],
    'leaks of a folder': ['leaks', 'work', '--out', 'leaks', '--quiet'],
    baseline: ['baseline', '--as-of', site.asOf, '--verbose'],
    'audit of a recorded inventory': ['audit', '--inventory', 'keys.json', '--as-of', site.asOf],
    'a shard': ['audit', '--shard', '1/2', '--as-of', site.asOf, '--out', 'shards/1'],
    'another shard': ['audit', '--shard', '2/2', '--as-of', site.asOf, '--out', 'shards/2'],
    merge: ['merge', 'shards/1', 'shards/2', '--out', 'merged', '--verbose'],
    'rules list': ['rules', 'list'],
    fingerprint: ['fingerprint', '--verbose'],
  };
  const texts = {};
  mkdirSync(site.path('fresh'));
  // It wants a folder in which nothing is yet.
  const { code, said } = await site.start(['init', '--verbose'], { cwd: site.path('fresh') }).ended;
  texts[`init (ended with ${code})`] = said;
  writeFileSync(site.path('work/.env'), `VIDBEO_KEY=${key}\n`);
  for (const [what, args] of Object.entries(commands)) {
    const options = what === 'fingerprint' ? { prefix: KEY_ON_INPUT, env: { TORTURE_KEY: key } } : {};
    const { code, said } = await site.start(args, options).ended;
    texts[`${what} (ended with ${code})`] = said;
  }
  rmSync(site.path('work/.env'));
  const written = ['fresh', 'keys.json', 'audit.keys.yaml', 'audit.baseline', 'leaks', 'shards', 'merged'];
  const all = filesIn(site.folder);
  for (const [path, text] of Object.entries(all))
    if (written.some((name) => path === name || path.startsWith(`${name}/`))) texts[path] = text;
  return texts;
}

/** A whole rule but for its condition, so that the condition is looked at. */
const RULE =
  'id: x\ntitle: x\nsubject: key\nseverity: high\nconfidence: high\nwhy: x\nfix: x\nneeds: [key.name]\nmessage: said\n';

/** A key where a person put it by mistake; the message names the place. */
const wrongFiles = (key) => ({
  'a key as a base address': [
    'c.yaml',
    `version: 1\nsources: [{ id: v, vendor: vidbeo, baseUrl: "https://${key}@x", credential: { env: A } }]\n`,
  ],
  'a key in place of a credential': [
    'c.yaml',
    `version: 1\nsources: [{ id: v, vendor: vidbeo, credential: ${key} }]\n`,
  ],
  "a key as a variable's name": [
    'c.yaml',
    `version: 1\nsources: [{ id: v, vendor: vidbeo, credential: { env: "${key}" } }]\n`,
  ],
  "a key as a field's name": ['c.yaml', `version: 1\n${key}: 1\n`],
  'a key as a vendor': ['c.yaml', `version: 1\nsources: [{ id: v, vendor: "${key}" }]\n`],
  'a key in YAML that is broken': ['c.yaml', `version: 1\nsources: [{ "${key}: }\n`],
  'a key in a comment and in an anchor': ['c.yaml', `version: 1 # ${key}\nx: &${key} *${key}\n`],
  'a key as an id, twice': [
    'c.yaml',
    `version: 1\nsources: [1, 2].map: { id: ${key} }\nsources: [{ id: ${key} }, { id: ${key} }]\n`,
  ],
  'a key as a range of addresses': ['c.yaml', `version: 1\nnetwork: { egress: ["${key}"] }\n`],
  'a key as the name of a format': ['c.yaml', `version: 1\nreports: { formats: ["${key}"] }\n`],
  "a key as a rule's name": ['c.yaml', `version: 1\nrules: { disable: ["${key}"] }\n`],
  'a key as an owner in the register': [
    'r.yaml',
    `version: 1\nkeys:\n  - { source: "${key}", id: ["${key}"], owner: ${key}, reviewBy: "${key}" }\n`,
  ],
  'a register that is broken': ['r.yaml', `version: 1\nkeys: [ "${key}: {\n`],
  'a rule with a key in its condition': ['rules/x.yaml', `${RULE}when: 'key.name == "${key}" && nosuch'\n`],
  'a rule with a key in its message': [
    'rules/x.yaml',
    `${RULE}when: key.name == "x"\n`.replace('said', `{${key}}`),
  ],
  'a rule with a key in an example': [
    'rules/x.yaml',
    `${RULE}when: key.name == "x"\nexamples:\n  fails:\n    - { it: "${key}", facts: { key.name: "${key}" } }\n`,
  ],
  'a rule with a key as its id': ['rules/x.yaml', `id: "${key}"\nseverity: "${key}"\n"${key}": "${key}"\n`],
  'a rule that is broken': ['rules/x.yaml', `id: [ "${key}\n`],
});

export async function brokenFiles(site, key) {
  const texts = {};
  for (const [what, [file, text]] of Object.entries(wrongFiles(key))) {
    rmSync(site.path('wrong'), { recursive: true, force: true });
    mkdirSync(site.path('wrong/rules'), { recursive: true });
    const plain =
      'version: 1\nregister: r.yaml\nrules: { directories: [rules] }\nrepositories: { local: [.] }\n';
    writeFileSync(site.path('wrong/c.yaml'), plain);
    writeFileSync(site.path('wrong/r.yaml'), 'version: 1\nkeys: []\n');
    writeFileSync(site.path(`wrong/${file}`), text);
    const args = ['audit', '--config', 'wrong/c.yaml', '--out', 'wrong/out', '--verbose'];
    const { code, said } = await site.start(args).ended;
    texts[`${what} (ended with ${code})`] = said;
    for (const [path, content] of Object.entries(filesIn(site.path('wrong/out'))))
      texts[`${what}: ${path}`] = content;
  }
  return texts;
}

/** The whole demo, api.video and its upload tokens too. */
export async function wholeDemo(site) {
  const args = ['demo', '--out', 'demo', '--verbose', '--format', 'sarif,markdown,html,json,junit,csv'];
  const { code, said } = await site.start(args).ended;
  return { [`output (ended with ${code})`]: said, ...filesIn(site.path('demo')) };
}

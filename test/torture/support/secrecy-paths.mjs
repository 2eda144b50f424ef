// Ways through the program on which a key could slip out: other commands, files that hold a key where none belongs, and
// servers that say a key back. Each answers what was said and written, by what was tried.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
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
    init: ['init', '--verbose'],
    'rules list': ['rules', 'list'],
    fingerprint: ['fingerprint', '--verbose'],
  };
  const texts = {};
  writeFileSync(site.path('work/.env'), `VIDBEO_KEY=${key}\n`);
  for (const [what, args] of Object.entries(commands)) {
    const options = what === 'fingerprint' ? { prefix: KEY_ON_INPUT, env: { TORTURE_KEY: key } } : {};
    const { code, said } = await site.start(args, options).ended;
    texts[`${what} (ended with ${code})`] = said;
  }
  rmSync(site.path('work/.env'));
  const written = ['keys.json', 'audit.keys.yaml', 'audit.baseline', 'leaks', 'shards', 'merged'];
  const all = filesIn(site.folder);
  for (const [path, text] of Object.entries(all))
    if (written.some((name) => path === name || path.startsWith(`${name}/`))) texts[path] = text;
  return texts;
}

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
  'a rule with a key in its condition': [
    'rules/x.yaml',
    `id: x\ntitle: x\nsubject: key\nseverity: high\nwhen: 'key.name == "${key}" && nosuch'\nwhy: x\nfix: x\n`,
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

const echoConfig = (origin) => `version: 1
sources:
  - { id: a, vendor: api-video, baseUrl: "${origin}", videoBaseUrl: "${origin}", credential: { env: TORTURE_API_VIDEO } }
  - { id: v, vendor: vidbeo, baseUrl: "${origin}", credential: { env: TORTURE_VIDBEO } }
  - { id: c, vendor: cognitive3d, baseUrl: "${origin}", keys: [{ id: k, access: read, issued: 2026-01-01, credential: { env: TORTURE_C3D } }] }
repositories:
  github: [{ apiUrl: "${origin}", token: { env: TORTURE_GITHUB }, orgs: [o], repos: [o/r] }]
`;

/** All headers as they came, and what Basic hides, in the way that each kind of answer has for words. */
const ECHOES = {
  401: (key) => ({
    status: 401,
    body: JSON.stringify({ message: key, title: key, detail: key, error: key }),
  }),
  403: (key) => ({ status: 403, body: JSON.stringify({ message: key, documentation_url: key }) }),
  404: (key) => ({ status: 404, body: key }),
  429: (key) => ({ status: 429, headers: { 'retry-after': key }, body: key }),
  500: (key) => ({ status: 500, body: `<html>${key}</html>` }),
  'no JSON': (key) => ({ status: 200, body: `${key}{{` }),
  'JSON of other types': (key) => ({
    status: 200,
    body: JSON.stringify({ data: key, pagination: key, items: [key], keys: { [key]: key }, [key]: [[key]] }),
  }),
  'a list of keys that are no objects': (key) => ({
    status: 200,
    body: JSON.stringify([key, { id: key, name: key }]),
  }),
  'a redirect': (key) => ({
    status: 302,
    headers: { location: `/x?key=${encodeURIComponent(key)}` },
    body: key,
  }),
  'a reason phrase and a content type': (key) => ({
    status: 400,
    reason: key,
    headers: { 'content-type': key, link: `<http://127.0.0.1:1/${key}>; rel="next"` },
    body: '{}',
  }),
};

function saidBy(request) {
  const all = request.rawHeaders.filter((_text, i) => /key|auth/i.test(request.rawHeaders[i - (i % 2)]));
  const basic = /^Basic (.*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return [...all, Buffer.from(basic, 'base64').toString('latin1')].join(' ').replaceAll(/[^ -~]/g, '');
}

export async function echoes(site, credentials) {
  const texts = {};
  let answer = ECHOES[401];
  const server = createServer((request, response) => {
    request.resume();
    const { status, reason, headers = {}, body } = answer(saidBy(request));
    if (reason === undefined) response.writeHead(status, headers);
    else response.writeHead(status, reason, headers);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  mkdirSync(site.path('echo'), { recursive: true });
  writeFileSync(site.path('echo/c.yaml'), echoConfig(`http://127.0.0.1:${server.address().port}`));
  for (const [what, next] of Object.entries(ECHOES)) {
    answer = next;
    for (const command of [
      ['audit', '--out', 'echo/out', '--verbose'],
      ['doctor', '--verbose'],
    ]) {
      const run = site.start([...command, '--config', 'echo/c.yaml'], { env: credentials });
      const { code, said } = await run.ended;
      texts[`${what}, ${command[0]} (ended with ${code})`] = said;
    }
    for (const [path, content] of Object.entries(filesIn(site.path('echo/out'))))
      texts[`${what}: ${path}`] = content;
    rmSync(site.path('echo/out'), { recursive: true, force: true });
  }
  server.closeAllConnections();
  server.close();
  return texts;
}

/** The whole demo, api.video and its upload tokens too. */
export async function wholeDemo(site) {
  const args = ['demo', '--out', 'demo', '--verbose', '--format', 'sarif,markdown,html,json,junit,csv'];
  const { code, said } = await site.start(args).ended;
  return { [`output (ended with ${code})`]: said, ...filesIn(site.path('demo')) };
}

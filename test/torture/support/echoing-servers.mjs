// Servers that say a key back, on every way in which an answer can: status, reason, headers, body, JSON of other types.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { filesIn } from './audit-site.mjs';

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

/** One server each, so that all of them can be slow together. */
async function echo(site, credentials, [what, answer]) {
  const server = createServer((request, response) => {
    request.resume();
    const { status, reason, headers = {}, body } = answer(saidBy(request));
    if (reason === undefined) response.writeHead(status, headers);
    else response.writeHead(status, reason, headers);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const home = `echo/${what.replaceAll(' ', '-')}`;
  mkdirSync(site.path(home), { recursive: true });
  writeFileSync(site.path(`${home}/c.yaml`), echoConfig(`http://127.0.0.1:${server.address().port}`));
  const texts = {};
  for (const command of [
    ['audit', '--out', `${home}/out`, '--verbose', '--format', 'sarif,markdown,html,json,junit,csv'],
    ['collect', '--out', `${home}/out/keys.json`, '--verbose'],
    ['doctor', '--verbose'],
  ]) {
    const run = site.start([...command, '--config', `${home}/c.yaml`], { env: credentials });
    const { code, said, seconds } = await run.ended;
    if (process.env.TORTURE_VERBOSE) console.error(what, command[0], code, seconds.toFixed(1));
    texts[`${what}, ${command[0]} (ended with ${code})`] = said;
  }
  for (const [path, content] of Object.entries(filesIn(site.path(`${home}/out`))))
    texts[`${what}: ${path}`] = content;
  server.closeAllConnections();
  server.close();
  return texts;
}

export async function echoes(site, credentials) {
  const left = Object.entries(ECHOES);
  const texts = {};
  const takeTurns = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      Object.assign(texts, await echo(site, credentials, next));
  };
  // They wait more than they work.
  await Promise.all(Array.from({ length: 4 }, takeTurns));
  return texts;
}

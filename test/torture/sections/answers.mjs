// Answers of vendors and of GitHub that nobody should believe, against the program as it is shipped: each case is an audit
// of its own, in a process of its own. None may crash, hang, grow without bound, be called complete, or get anything into an
// output that breaks out of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { filesIn, MAIN } from '../support/audit-site.mjs';
import { LISTS, soundAnswer } from '../support/answer-lists.mjs';
import { CASES } from '../support/hostile-answers.mjs';
import { inTurns } from '../support/in-turns.mjs';
import { watchMemory } from '../support/scan-child.mjs';

export const name = 'Hostile answers';

/** Node itself, an answer of 32 MiB in three forms (bytes, text, objects), and what 256 MiB of a source leave behind. */
const MAX_MIB = 700;
const TIMEOUT_MS = 180_000;
const CREDENTIAL = fakeKey('vidbeo', 'hostile answers');

async function open(handle) {
  const server = createServer(handle);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const vendor = (id, origin) => [
  'sources:',
  `  - id: hostile`,
  `    vendor: ${id}`,
  `    baseUrl: ${origin}`,
  ...(id === 'cognitive3d'
    ? [
        '    keys:',
        '      - { id: etl, name: ETL, access: read, issued: 2026-01-01, credential: { env: KEY } }',
      ]
    : ['    credential: { env: KEY }']),
];
const github = (origin) => [
  'repositories:',
  '  github:',
  `    - { apiUrl: "${origin}", token: { env: KEY }, orgs: [acme] }`,
];
const configOf = (service, origin) =>
  ['version: 1', ...(service === 'github' ? github(origin) : vendor(service, origin)), ''].join('\n');

async function audit(folder, timeoutMs) {
  const args = ['audit', '--config', 'audit.config.yaml', '--as-of', '2026-11-15', '--verbose'];
  const child = spawn(
    process.execPath,
    [MAIN, ...args, '--format', 'sarif,markdown,html,json,junit,csv', '--cache-dir', 'cache'],
    { cwd: folder, env: { PATH: process.env.PATH, TMPDIR: folder, HOME: folder, KEY: CREDENTIAL } },
  );
  const { peaks, stop } = watchMemory(child.pid);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  const start = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  stop();
  return { code, said, seconds: (performance.now() - start) / 1000, mib: peaks.own };
}

/** Control characters but line feeds and tabs, and those that change the order or the visibility of others. */
const isHidden = (code) =>
  (code < 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) ||
  (code >= 0x7f && code < 0xa0) ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  code === 0xfeff;

/** The file's first character may mark its encoding: spreadsheets want that. */
function hiddenIn(text) {
  const from = text.startsWith('\ufeff') ? 1 : 0;
  for (let at = from; at < text.length; at += 1) if (isHidden(text.charCodeAt(at))) return text.charAt(at);
  return undefined;
}

const rendered = (text) =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
const FOREIGN = /<(?:a|img)[^>]*(?:javascript|evil\.example)/;
const MARKUP = /<script>alert|<img src=x|<svg onload/;
const FORMULA = /(?:^|,)"?[=+@-]/m;

function harmsIn(path, text) {
  const harms = [];
  const hidden = hiddenIn(text);
  if (hidden !== undefined) harms.push(`${path} holds U+${hidden.codePointAt(0).toString(16)}`);
  if (/\.(?:html|md)$/.test(path) && MARKUP.test(text)) harms.push(`${path} holds markup of others`);
  if (path.endsWith('.md') && FOREIGN.test(rendered(text)))
    harms.push(`${path} holds a link or a picture of others`);
  if (path.endsWith('.csv') && FORMULA.test(text)) harms.push(`${path} holds a formula`);
  if (/\.(?:json|sarif)$/.test(path)) JSON.parse(text);
  if (text.includes(CREDENTIAL)) harms.push(`${path} holds the credential`);
  return harms;
}

function harmOf(attempt, { code, said, mib, files, strangers }) {
  const report = files['keyaudit.json'] === undefined ? undefined : JSON.parse(files['keyaudit.json']);
  const harms = Object.entries({ ...files, 'the output': said }).flatMap(([path, text]) =>
    harmsIn(path, text),
  );
  if (code === null) harms.push('did not end');
  else if (![0, 1, 3].includes(code)) harms.push(`ended with ${code}: ${said.slice(-300)}`);
  if (/^::/m.test(said)) harms.push('a command for workflows was printed');
  if (mib > (attempt.maxMiB ?? MAX_MIB)) harms.push(`took ${Math.round(mib)} MiB`);
  if (strangers > 0) harms.push('another host was asked');
  const gaps = report?.coverage.filter(({ status }) => status !== 'complete') ?? [];
  if (gaps.some(({ reason }) => !reason)) harms.push('a hole without a reason');
  if (attempt.told === true && gaps.length === 0) harms.push('called complete');
  return { harms, reason: gaps[0]?.reason };
}

async function tryOne(attempt, service) {
  const folder = mkdtempSync(join(tmpdir(), 'torture-answers-'));
  let strangers = 0;
  const foreign = await open((_request, response) => {
    strangers += 1;
    response.end('{}');
  });
  const server = await open((request, response) => {
    const sound = soundAnswer(service, request.url);
    request.foreign = foreign.origin;
    if (sound === undefined) attempt.answer(response, request, service);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(sound));
  });
  try {
    writeFileSync(join(folder, 'audit.config.yaml'), configOf(service, server.origin));
    const told = await audit(folder, attempt.timeoutMs ?? TIMEOUT_MS);
    const files = Object.fromEntries(
      Object.keys(filesIn(join(folder, 'reports'))).map((path) => [
        path,
        readFileSync(join(folder, 'reports', path), 'utf8'),
      ]),
    );
    return { ...told, ...harmOf(attempt, { ...told, files, strangers }) };
  } finally {
    server.close();
    foreign.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowOf({ attempt, service }) {
  const { code, seconds, mib, harms, reason } = await tryOne(attempt, service);
  const figures = `exit ${code}, ${seconds.toFixed(1)} s, ${Math.round(mib)} MiB of ${attempt.maxMiB ?? MAX_MIB}`;
  return {
    what: `${service}: ${attempt.what}`,
    times: 1,
    lost: harms.length > 0 ? 1 : 0,
    note: [figures, ...harms, reason === undefined ? 'complete' : reason.slice(0, 160)].join('; '),
  };
}

/** In a small share, what is quick, for one service each. */
export async function* run({ size, wants }) {
  const services = Object.keys(LISTS);
  const attempts = CASES.flatMap((attempt, at) =>
    services
      .filter((service) => attempt.services?.includes(service) ?? true)
      .filter(
        (_service, i) => size === 'full' || (i === at % services.length && !attempt.slow && at % 3 === 0),
      )
      .map((service) => ({ attempt, service })),
  ).filter(({ attempt, service }) => wants(`${service}: ${attempt.what}`));
  const isSlow = ({ attempt }) => attempt.slow === true;
  // What waits more than it works goes side by side, after the others.
  yield* inTurns(
    attempts.filter((one) => !isSlow(one)),
    2,
    rowOf,
  );
  yield* inTurns(attempts.filter(isSlow), 4, rowOf);
}

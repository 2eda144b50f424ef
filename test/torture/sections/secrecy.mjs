// No written form of any key leaves the program, and no piece of more than 8 characters: not into reports, output, caches,
// temporary files, arguments and environments of children, stacks or dumps of our objects.
import { readdirSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { Secret } from '../../../dist/core/secret.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { VIDBEO_KEYS } from '../../../dist/sandbox/company/vidbeo-keys.js';
import { COGNITIVE3D_KEYS } from '../../../dist/sandbox/company/cognitive3d-keys.js';
import { API_VIDEO_KEYS, UPLOAD_TOKENS } from '../../../dist/sandbox/company/api-video-keys.js';
import { filesIn, openSite } from '../support/audit-site.mjs';
import { brokenFiles, echoes, otherCommands, wholeDemo } from '../support/secrecy-paths.mjs';

export const name = 'Secrecy';

const PUBLIC_HEAD = /^(?:orgkey-fake|orgkey-|FAKE_github_|APIKEY:ORGANIZATION )/;
const windows = (text, length) =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
const reversed = (text) => Array.from(text).reverse().join('');

/** Every text that nothing may hold: pieces of 9 characters of the key in each form, written by hand. */
function piecesOf(value) {
  const secret = value.replace(PUBLIC_HEAD, '');
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((shift) =>
    windows(
      Buffer.concat([Buffer.alloc(shift, 'x'), bytes])
        .toString('base64')
        .slice(4, -4),
      12,
    ),
  );
  const hex = windows(bytes.toString('hex'), 18);
  const utf16 = windows(Array.from(secret).join('\0'), 18);
  const plain = windows(secret, 9);
  return [
    ...plain,
    ...plain.map(reversed),
    ...base64,
    ...hex,
    ...hex.map((text) => text.toUpperCase()),
    ...utf16,
  ];
}

/** A look-up by the first characters, so that many pieces are searched in one pass. */
function searcher(values) {
  const byStart = new Map();
  for (const piece of new Set(values.flatMap(piecesOf))) {
    const start = piece.slice(0, 9);
    byStart.set(start, [...(byStart.get(start) ?? []), piece]);
  }
  return (text) => {
    for (let at = 0; at + 9 <= text.length; at += 1) {
      const found = byStart.get(text.slice(at, at + 9))?.find((piece) => text.startsWith(piece, at));
      if (found !== undefined) return true;
    }
    return false;
  };
}

/** Arguments and environments of all processes that began below this one, as long as they live. */
function watchChildren(root) {
  const seen = new Map();
  const timer = setInterval(() => {
    const parents = new Set([String(root)]);
    for (const pid of readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .sort((a, b) => a - b)) {
      try {
        const parent = readFileSync(`/proc/${pid}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ')[1];
        if (!parents.has(parent)) continue;
        parents.add(pid);
        seen.set(pid, {
          cmdline: readFileSync(`/proc/${pid}/cmdline`, 'latin1'),
          environ: readFileSync(`/proc/${pid}/environ`, 'latin1'),
        });
      } catch {
        // It ended meanwhile.
      }
    }
  }, 2);
  return { seen, stop: () => clearInterval(timer) };
}

const row = (what, texts, holds) => {
  const losses = Object.entries(texts).filter(([, text]) => holds(text));
  const note = losses
    .map(([where]) => where)
    .slice(0, 3)
    .join(', ');
  return { what, times: Object.keys(texts).length, lost: losses.length, note };
};

async function auditRows(site, holds) {
  const { child, ended } = site.audit(['--verbose', '--format', 'sarif,markdown,html,json,junit,csv']);
  const { seen, stop } = watchChildren(child.pid);
  const { said } = await ended;
  stop();
  const vendors = searcher(
    Object.entries(site.server.credentials).flatMap(([variable, value]) =>
      /GITHUB/.test(variable) ? [] : [value],
    ),
  );
  const each = (part) =>
    Object.fromEntries([...seen].map(([pid, process]) => [`${part} of ${pid}`, process[part]]));
  return [
    row('output of an audit, --verbose', { said }, holds),
    row('files of all six report formats', filesIn(site.path('reports')), holds),
    // Mirrors hold what the repositories hold: leaked keys too. Their settings and states must hold none.
    row(
      'the cache, without the repositories’ own contents',
      Object.fromEntries(
        Object.entries(filesIn(site.path('cache'))).filter(
          ([path]) => !/\/(?:objects|refs)\/|packed-refs$/.test(path),
        ),
      ),
      holds,
    ),
    row('temporary files that stay', filesIn(site.path('tmp')), holds),
    row('arguments of child processes', each('cmdline'), holds),
    row("environments of child processes: vendors' credentials", each('environ'), vendors),
  ];
}

/** What a user can get wrong, and what a vendor can say: each ends in a message. */
async function errorRows(site, holds) {
  const wrong = fakeKey('vidbeo', 'secrecy wrong');
  const swap = (variable, value) => ({ env: { [variable]: value } });
  const tries = {
    'a credential that the vendor refuses': [[], swap('KEYAUDIT_DEMO_VIDBEO', wrong)],
    'a credential of two lines': [[], swap('KEYAUDIT_DEMO_VIDBEO', `${wrong}\n${wrong}`)],
    'a credential with a letter that no header takes': [[], swap('KEYAUDIT_DEMO_VIDBEO', `${wrong}ü`)],
    'a token that GitHub refuses': [[], swap('KEYAUDIT_DEMO_GITHUB', wrong)],
    'a key in place of a flag': [[`--${wrong}`], {}],
    'a key in place of a format': [['--format', wrong], {}],
    'a key in place of a day': [['--as-of', wrong], {}],
    'a crash': [['--verbose'], { execArgv: ['--import', crash(FAILS)] }],
    'a crash outside of every call': [
      ['--verbose'],
      { execArgv: ['--import', crash(`setImmediate(() => { ${FAILS}; })`)] },
    ],
  };
  const said = {};
  for (const [what, [args, options]] of Object.entries(tries))
    said[what] = (await site.audit(args, options).ended).said;
  const both = searcher([wrong]);
  return [
    row('messages of error paths, a crash with its stack too', said, (text) => holds(text) || both(text)),
  ];
}

/** Breaks the judging, when all keys are known, with an error that holds the credentials in use. */
const crash = (how) =>
  `data:text/javascript,${encodeURIComponent(
    `
  const env = Object.entries(process.env).filter(([name]) => /_(?:VIDBEO|GITHUB|C3D_ETL|C3D_BI_DASHBOARD)$/.test(name)).map(([, value]) => value).join(' ');
  const real = Array.prototype.toSorted;
  Array.prototype.toSorted = function (...args) {
    if (new Error().stack.includes('/dist/audit.js')) BREAK;
    return real.apply(this, args);
  };
`.replace('BREAK', how),
  )}`;
const FAILS = "throw new Error('broke with ' + env)";

const OBJECT_DUMPS = {
  'inspect, all depths, hidden properties': (value) =>
    inspect(value, { depth: Infinity, showHidden: true, getters: true }),
  'inspect with proxies': (value) => inspect(new Proxy(value, {}), { showProxy: true, depth: Infinity }),
  JSON: (value) => JSON.stringify(value),
  'an error’s stack and cause': (value) =>
    inspect(new Error(`${value.secret}`, { cause: value }), { depth: Infinity }),
  'structured clone': (value) =>
    inspect(structuredClone({ ...value }), { depth: Infinity, showHidden: true }),
};

const valuesOf = (keys) => keys.map(({ value }) => value);

async function pathRows(site, holds) {
  const strange = fakeKey('vidbeo', 'secrecy path');
  const credentials = {
    TORTURE_API_VIDEO: fakeKey('api-video', 'secrecy echo'),
    TORTURE_VIDBEO: fakeKey('vidbeo', 'secrecy echo'),
    TORTURE_C3D: fakeKey('cognitive3d', 'secrecy echo'),
    TORTURE_GITHUB: fakeKey('github', 'secrecy echo'),
  };
  const planted = searcher([strange]);
  const isSaid = (text) => holds(text) || planted(text);
  const demo = searcher([API_VIDEO_KEYS, UPLOAD_TOKENS, VIDBEO_KEYS, COGNITIVE3D_KEYS].flatMap(valuesOf));
  return [
    row('output and files of all other commands', await otherCommands(site, strange), isSaid),
    row('configuration, register and rules with a key in them', await brokenFiles(site, strange), planted),
    row(
      'servers that say the key back: audit and doctor of all vendors and GitHub',
      await echoes(site, credentials),
      searcher(Object.values(credentials)),
    ),
    row('the whole demo: every key of api.video too', await wholeDemo(site), demo),
  ];
}

export async function run({ seed, size }) {
  const value = fakeKey('api-video', `secrecy ${seed}`);
  const own = searcher([value]);
  const object = { secret: Secret.of(value), list: [Secret.of(value)] };
  const dumps = Object.fromEntries(Object.entries(OBJECT_DUMPS).map(([what, dump]) => [what, dump(object)]));
  const rows = [row('dumps of our objects', dumps, own)];
  if (size === 'small') return rows;
  const site = await openSite();
  const values = [
    ...VIDBEO_KEYS.map((key) => key.value),
    ...COGNITIVE3D_KEYS.map((key) => key.value),
    ...Object.values(site.server.credentials),
  ];
  const holds = searcher(values);
  rows.push(
    ...(await auditRows(site, holds)),
    ...(await errorRows(site, holds)),
    ...(await pathRows(site, holds)),
  );
  await site.end();
  return rows;
}

// No written form of any key leaves the program, and no piece of more than 8 characters: not into reports, output, caches,
// temporary files, arguments and environments of children, stacks, core files or dumps of our objects.
import { inspect } from 'node:util';
import { Secret } from '../../../dist/core/secret.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { VIDBEO_KEYS } from '../../../dist/sandbox/company/vidbeo-keys.js';
import { COGNITIVE3D_KEYS } from '../../../dist/sandbox/company/cognitive3d-keys.js';
import { API_VIDEO_KEYS, UPLOAD_TOKENS } from '../../../dist/sandbox/company/api-video-keys.js';
import { openSite } from '../support/audit-site.mjs';
import { echoes } from '../support/echoing-servers.mjs';
import { auditTexts, crashTexts, errorTexts } from '../support/secrecy-audits.mjs';
import { brokenFiles, otherCommands, wholeDemo } from '../support/secrecy-paths.mjs';
import { FORM_NAMES, plantedForms, searcher } from '../support/written-forms.mjs';

export const name = 'Secrecy';

function row(what, texts, holds) {
  const losses = Object.entries(texts).filter(([, text]) => holds(text));
  const where = losses.map(([path]) => path).slice(0, 3);
  const millions = Object.values(texts).reduce((sum, text) => sum + text.length, 0) / 1e6;
  const size = `${millions < 0.1 ? '0.1 or less' : millions.toFixed(1)} MB of texts`;
  return { what, times: Object.keys(texts).length, lost: losses.length, note: [size, ...where].join('; ') };
}

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
const KINDS = [
  'api-video',
  'api-video-upload-token',
  'vidbeo',
  'cognitive3d',
  'cognitive3d-legacy',
  'github',
];

function dumpRow(seed) {
  const values = KINDS.map((kind) => fakeKey(kind, `secrecy ${seed}`));
  const dumps = values.flatMap((value, at) => {
    const object = { secret: Secret.of(value), list: [Secret.of(value)] };
    return Object.entries(OBJECT_DUMPS).map(([what, dump]) => [`${what} of key ${at}`, dump(object)]);
  });
  return row('dumps of our objects', Object.fromEntries(dumps), searcher(values));
}

/** A search that finds nothing proves nothing: here it must find all. */
function controlRow(seed) {
  const values = KINDS.map((kind) => fakeKey(kind, `secrecy ${seed}`));
  const finders = values.map((value) => searcher([value]));
  const missed = Object.entries(plantedForms(values)).filter(
    ([what, text]) => !finders[Number(what.split(' key ')[1])]?.(text),
  );
  return {
    what: `the search itself: nine characters of every kind of key in ${FORM_NAMES.length} forms are found`,
    times: values.length * FORM_NAMES.length,
    lost: missed.length,
    note: [FORM_NAMES.join(', '), ...missed.map(([what]) => `not found: ${what}`)].join('; '),
  };
}

/** Each way through the program: how its texts come about, and what must not be in them. */
function ways(site) {
  const all = [
    ...valuesOf(VIDBEO_KEYS),
    ...valuesOf(COGNITIVE3D_KEYS),
    ...Object.values(site.server.credentials),
  ];
  const holds = searcher(all);
  const vendors = searcher(
    Object.entries(site.server.credentials).flatMap(([name, value]) => (/GITHUB/.test(name) ? [] : [value])),
  );
  const wrong = fakeKey('vidbeo', 'secrecy wrong');
  const strange = fakeKey('vidbeo', 'secrecy path');
  const echoed = Object.fromEntries(
    ['api-video', 'vidbeo', 'cognitive3d', 'github'].map((kind) => [
      `TORTURE_${kind.toUpperCase().replace('-', '_')}`,
      fakeKey(kind, 'secrecy echo'),
    ]),
  );
  const demo = searcher([API_VIDEO_KEYS, UPLOAD_TOKENS, VIDBEO_KEYS, COGNITIVE3D_KEYS].flatMap(valuesOf));
  const [isWrong, isStrange] = [searcher([wrong]), searcher([strange])];
  const either = (text) => holds(text) || isWrong(text) || isStrange(text);
  return {
    audits: async () =>
      (await auditTexts(site)).map(([what, texts, scope]) =>
        row(what, texts, scope === 'vendors' ? vendors : holds),
      ),
    errors: async () => [row('messages of error paths', await errorTexts(site, wrong), either)],
    crashes: async () =>
      (await crashTexts(site)).map(({ what, texts, note }) => {
        const told = row(what, texts, holds);
        return note === undefined ? told : { ...told, note: `${note}; ${told.note}` };
      }),
    commands: async () => [
      row('output and files of all other commands', await otherCommands(site, strange), either),
    ],
    broken: async () => [
      row(
        'configuration, register and rules with a key in them',
        await brokenFiles(site, strange),
        isStrange,
      ),
    ],
    echoes: async () => [
      row(
        'servers that say the key back: audit, collect and doctor of all vendors and GitHub',
        await echoes(site, echoed),
        searcher(Object.values(echoed)),
      ),
    ],
    demo: async () => [row('the whole demo: every key of api.video too', await wholeDemo(site), demo)],
  };
}

/** `--only` chooses by the names of {@link ways}. */
export async function* run({ seed, size, wants }) {
  yield controlRow(seed);
  yield dumpRow(seed);
  if (size === 'small') return;
  const site = await openSite();
  try {
    for (const [name, way] of Object.entries(ways(site))) if (wants(name)) yield* await way();
  } finally {
    await site.end();
  }
}

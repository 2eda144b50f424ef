// What git writes, and what lies in its packs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchParser } from '../../../../dist/git/batch-parser.js';
import { parseObjectHeader } from '../../../../dist/git/object-header.js';
import { planMemory } from '../../../../dist/git/pack/memory-plan.js';
import { PackIndex } from '../../../../dist/git/pack/pack-index.js';
import { createWalker, loadWalkerModule } from '../../../../dist/git/pack/walker-module.js';
import { splitRecords, UnexpectedOutput } from '../../../../dist/git/stream-git.js';
import { namesInTree } from '../../../../dist/git/tree-names.js';
import { Secret } from '../../../../dist/core/secret.js';
import { compileNeedles } from '../../../../dist/leaks/needles.js';
import { packFilterOf } from '../../../../dist/leaks/pack-filter.js';
import { fakeKey } from '../../../../dist/sandbox/fake-keys.js';
import { mutateBytes } from '../mutate.mjs';

const ID = '0123456789abcdef0123456789abcdef01234567';
const BATCHES = [
  `${ID} blob 5\nhello\n${ID} missing\n${ID} tree 0\n\n`,
  `${ID} commit 12\nauthor x 1 +\n\n${ID} tag 3\nabc\n`,
].map((text) => Buffer.from(text));
const HEADERS = [
  `tree ${ID}\nparent ${ID}\nauthor A <a@b> 1700000000 +0100\ncommitter B <b@c> 1700000001 +0000\n\nmessage\n`,
  `object ${ID}\ntype commit\ntag v1\ntagger A <a@b> -5 +0000\n\nm`,
].map((text) => Buffer.from(text));
const TREE = Buffer.concat(
  ['a', 'b.txt', 'ü'].map((name) => Buffer.from(`100644 ${name}\0${'\x01'.repeat(20)}`)),
);

function inPieces(bytes, random, take) {
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.below(40);
    take(bytes.subarray(at, at + length));
    at += length;
  }
}

function attempt(run) {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UnexpectedOutput)) throw error;
  }
}

function readBatch({ bytes, random }) {
  let open = 0;
  let left = 0;
  const sink = {
    begin({ size }) {
      open += 1;
      left = size;
    },
    data(piece) {
      left -= piece.length;
      if (left < 0) throw new Error('more content than announced');
    },
    end() {
      open -= 1;
      if (left !== 0) throw new Error('less content than announced');
    },
  };
  const parser = new BatchParser(sink);
  attempt(() => inPieces(bytes, random, (piece) => parser.push(piece)));
  if (open !== 0 && open !== 1) throw new Error('objects inside of each other');
}

/** A few packs with chains of deltas, as git makes them. */
function packs() {
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-fuzz-'));
  try {
    return [3, 12].map((versions) => packOf(join(folder, String(versions)), versions));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packOf(folder, versions) {
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      stdio: 'ignore',
      env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    });
  execFileSync('git', ['init', '-q', folder], { stdio: 'ignore' });
  for (let version = 0; version < versions; version += 1) {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `line ${i} ${i === version ? fakeKey('api-video', 'known') : i * i}`,
    );
    writeFileSync(join(folder, 'f.txt'), lines.join('\n'));
    git('add', '.');
    git('commit', '-qm', `version ${version}`);
  }
  git('repack', '-qadf', '--depth=50');
  const packs = join(folder, '.git/objects/pack');
  const base = join(
    packs,
    readdirSync(packs)
      .find((name) => name.endsWith('.idx'))
      .slice(0, -4),
  );
  return { pack: readFileSync(`${base}.pack`), index: readFileSync(`${base}.idx`) };
}

const known = Secret.of(fakeKey('api-video', 'known'));
const needles = compileNeedles({
  known: [{ fingerprint: known.fingerprint(), secret: known }],
  detectors: [],
});
const filter = packFilterOf(needles);
const module = loadWalkerModule();

/** A seed with its memory, which all its mutants share one after another. */
function prepared({ pack, index }) {
  const { count } = PackIndex.parse(index);
  const plan = planMemory({ packBytes: pack.length, index, count, filter, threads: 1 });
  const words = new Uint32Array(plan.memory.buffer, plan.planAt, 20);
  return { pack, index, count, plan, words, fields: words.slice(), walker: undefined };
}

const judge = () => false;

function walk(seed, { pack, index }) {
  const parsed = PackIndex.parse(index);
  if (
    parsed === undefined ||
    !parsed.isSmall ||
    parsed.count !== seed.count ||
    index.length !== seed.index.length
  )
    return;
  const { plan, words, fields, count } = seed;
  const memory = new Uint8Array(plan.memory.buffer);
  const [, , indexAt, , objects] = [fields[0], fields[1], fields[2], fields[3], fields[4]];
  memory.fill(0, objects, plan.typesAt + count);
  words.set(fields);
  memory.fill(0, plan.packAt, plan.packAt + seed.pack.length);
  memory.set(pack.subarray(0, seed.pack.length), plan.packAt);
  memory.set(index, indexAt);
  try {
    seed.walker ??= createWalker({ module, plan, thread: 0 }, judge);
    if (seed.walker.sortIndex() < 0) return;
    seed.walker.link(0, count);
    while (seed.walker.step(128) !== 0);
  } catch (error) {
    seed.walker = undefined;
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  }
  words[19] = fields[19];
  if (words.some((word, i) => word !== fields[i])) throw new Error('the plan of the memory was written over');
  if (Buffer.compare(memory.subarray(indexAt, indexAt + index.length), index) !== 0)
    throw new Error('the index was written over');
}

let seeds;

function makePack(random) {
  seeds ??= packs().map(prepared);
  const seed = random.pick(seeds);
  const damagesIndex = random.chance(1, 3);
  const pack = damagesIndex && random.chance(1, 2) ? seed.pack : mutateBytes(seed.pack, random);
  return {
    seed,
    pack,
    index: damagesIndex ? sameLength(mutateBytes(seed.index, random), seed.index) : seed.index,
  };
}

/** Another length is refused by its arithmetic, which the fuzzing of indexes sees to. */
const sameLength = (bytes, model) =>
  Buffer.concat([bytes, model.subarray(bytes.length)]).subarray(0, model.length);

function lookUp(bytes) {
  const index = PackIndex.parse(bytes);
  if (index === undefined) return;
  if (index.count > 0) index.has(index.idAt(index.count >> 1));
  index.has(ID);
}

const withRandom = (bytes) => (random) => ({ bytes: mutateBytes(random.pick(bytes), random), random });

export default [
  { name: 'objects as git writes them', make: withRandom(BATCHES), run: readBatch },
  {
    name: 'records of git',
    make: withRandom(HEADERS),
    run: ({ bytes, random }) =>
      attempt(() =>
        inPieces(
          bytes,
          random,
          splitRecords(10, () => undefined, 64),
        ),
      ),
  },
  {
    name: 'headers of commits and tags',
    make: (random) => mutateBytes(random.pick(HEADERS), random),
    run(bytes) {
      const { messageAt, time } = parseObjectHeader(bytes);
      if (messageAt > bytes.length || Number.isNaN(time)) throw new Error('a message outside');
    },
  },
  {
    name: 'trees',
    make: (random) => mutateBytes(TREE, random),
    run: (bytes) => void [...namesInTree(bytes, 20)],
  },
  {
    name: 'indexes of packs',
    make(random) {
      seeds ??= packs().map(prepared);
      return mutateBytes(random.pick(seeds).index, random);
    },
    run: lookUp,
  },
  ...(module === undefined
    ? []
    : [
        {
          name: 'packs, read by the pack reader',
          make: makePack,
          run: ({ seed, ...input }) => walk(seed, input),
        },
      ]),
];

// node agreement.mjs REPOSITORY [KEYS]: are the hits of four ways of scanning the same, in object, offset and key?
// A scan tells the first place of each key and encoding in an object, so that is what is compared.
// delta: packs read directly, only new bytes scanned; many: so, too, looking for the keys as if they were many; full: git gives every object, each is scanned whole;
// brute: git gives every object, each key is looked for with `Buffer.indexOf`. The keys are random strings of the
// repository's own blobs, so that there are hits.
import { execFileSync } from 'node:child_process';
import { Secret } from '../../../dist/core/secret.js';
import { readAllObjects } from '../../../dist/git/objects.js';
import { readStore } from '../../../dist/git/store.js';
import { withFilter } from '../../../dist/leaks/filtered-needles.js';
import { compileNeedles } from '../../../dist/leaks/needles.js';
import { ObjectScanner } from '../../../dist/leaks/object-scanner.js';
import { packReadingOf } from '../../../dist/leaks/pack-reading.js';
import { knownKey, quietContext } from './quiet-context.mjs';

const KEY_LENGTH = 43;
const MIN_DISTINCT = 12;

/** The same numbers each time, in [0, below). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const gitOut = (path, args, input) =>
  execFileSync('git', ['-C', path, ...args], { input, maxBuffer: 2 ** 30 });

function stringsOf(path, count) {
  const next = numbers(count);
  const ids = gitOut(path, [
    'cat-file',
    '--batch-all-objects',
    '--batch-check=%(objectname) %(objecttype) %(objectsize)',
  ])
    .toString()
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, type, size]) => type === 'blob' && Number(size) > 200 && Number(size) < 1e6)
    .map(([id]) => id);
  const strings = new Set();
  for (let tries = 0; strings.size < count && tries < count * 50; tries += 1) {
    const bytes = gitOut(path, ['cat-file', 'blob', ids[next(ids.length)]]);
    const at = next(bytes.length - KEY_LENGTH);
    const text = bytes.toString('latin1', at, at + KEY_LENGTH);
    if (/^[!-~][ -~]*[!-~]$/.test(text) && new Set(text).size >= MIN_DISTINCT) strings.add(text);
  }
  return [...strings];
}

/** Hits by all ways, one line each: object, offset, encoding, key. */
function linesOf(scanner) {
  const lines = [];
  for (const [id, hits] of scanner.blobHits)
    for (const hit of hits)
      lines.push(`${id} ${hit.inside ?? ''} ${hit.from} ${hit.encoding} ${hit.fingerprint}`);
  return lines;
}

async function scanBy(path, needles, reading) {
  const scanner = new ObjectScanner(needles);
  const read = await readStore({ gitDir: path, sink: scanner, reading }, quietContext);
  if (read.problem !== undefined) throw new Error(read.problem);
  return linesOf(scanner);
}

class BruteForce {
  lines = [];
  #parts = [];
  #head;
  #keys;

  constructor(keys) {
    this.#keys = keys;
  }

  begin(head) {
    this.#head = head;
    this.#parts = [];
  }

  data(bytes) {
    if (this.#head.type === 'blob') this.#parts.push(Buffer.from(bytes));
  }

  end() {
    const content = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    for (const { bytes, fingerprint } of this.#keys) {
      const at = content.indexOf(bytes);
      if (at >= 0) this.lines.push(`${this.#head.id}  ${at} plain ${fingerprint}`);
    }
  }
}

async function bruteForce(path, keys) {
  const sink = new BruteForce(keys);
  const { problem } = await readAllObjects(path, sink, quietContext);
  if (problem !== undefined) throw new Error(problem);
  return sink.lines;
}

const differing = (left, right) => {
  const [a, b] = [new Set(left), new Set(right)];
  return [
    ...(a.symmetricDifference?.(b) ??
      [...a].filter((x) => !b.has(x)).concat([...b].filter((x) => !a.has(x)))),
  ];
};

export async function agreement(path, count) {
  const strings = stringsOf(path, count);
  const known = strings.map((text) => knownKey(Secret.of(text)));
  const needles = withFilter(compileNeedles({ known, detectors: [] }));
  const delta = await scanBy(path, needles, packReadingOf(needles));
  const asMany = withFilter(compileNeedles({ known, detectors: [], manyValues: 0 }));
  const many = await scanBy(path, asMany, packReadingOf(asMany));
  const full = await scanBy(path, compileNeedles({ known, detectors: [] }), undefined);
  const brute = await bruteForce(
    path,
    strings.map((text, i) => ({ bytes: Buffer.from(text, 'latin1'), fingerprint: known[i].fingerprint })),
  );
  const plain = full.filter((line) => / {2}\d+ plain /.test(line));
  return {
    keys: strings.length,
    hits: {
      delta: delta.length,
      many: many.length,
      full: full.length,
      plain: plain.length,
      brute: brute.length,
    },
    differences: {
      deltaFull: differing(delta, full),
      manyFull: differing(many, full),
      fullBrute: differing(plain, brute),
    },
  };
}

const [path, count = '24'] = process.argv.slice(2);
const result = await agreement(path, Number(count));
const differences = Object.fromEntries(
  Object.entries(result.differences).map(([pair, lines]) => [
    pair,
    { count: lines.length, some: lines.slice(0, 3) },
  ]),
);
console.log(JSON.stringify({ ...result, differences }));

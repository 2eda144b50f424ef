// Every regular expression in the program, on texts that make such expressions backtrack: time must grow with the text.
// At full size a checker of expressions (recheck) looks at each one too, and its attacks are tried.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patternRows } from '../support/hostile-patterns.mjs';

export const name = 'Regular expressions in linear time';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const SHORT = 4_096;
const LONG = 8 * SHORT;
/** Linear is 8, quadratic 64. */
const MAX_GROWTH = 30;
const NOTICEABLE_MS = 20;
/** The same code once more, together with that of libraries. */
const JOINED = /^parts[/\\]|^cli[/\\]main\.js$|^leaks[/\\]pack-reader\.js$/;
/** The digits of a number, of which there are 21 at the most. */
const BOUNDED = ['\\B(?=(?:\\d{3})+$)'];

const PIECES = [
  'a',
  'A',
  '0',
  '=',
  '-',
  '_',
  '.',
  ' ',
  '\t',
  '\n',
  '"',
  "'",
  '/',
  '<',
  '>',
  ':',
  ';',
  '[',
  '{',
  '%',
  '\\',
  '\0',
  'é',
];
const PAIRS = [
  'a0',
  'A_',
  'a-',
  'a.',
  '0.',
  '::',
  '/a',
  'a:',
  '\r\n',
  '<a',
  '"a',
  '{a',
  'a,',
  '- ',
  'aa://',
  ' a',
  '${',
  '\u200b',
];

export async function* run({ size, wants }) {
  if (wants('expressions')) yield* expressionRows(size);
  yield* patternRows({ size, wants });
}

async function* expressionRows(size) {
  const expressions = await allExpressions();
  const slow = expressions.flatMap((one) =>
    [...PIECES, ...PAIRS].flatMap((piece) => problemWith(one, piece)),
  );
  const texts = expressions.length * (PIECES.length + PAIRS.length);
  yield {
    what: `${expressions.length} expressions on texts of ${SHORT} and ${LONG} characters, two endings each`,
    times: texts * 4,
    lost: slow.length,
    note: slow.slice(0, 5).join('; '),
  };
  if (size === 'full') yield await rechecked(expressions);
}

/** Read from the syntax tree of what was built, so that none is overlooked and no comment counts. */
async function allExpressions() {
  const { parseAst } = await import('vite');
  const found = new Map();
  for (const file of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js') || JOINED.test(file)) continue;
    for (const { pattern, flags } of literalsIn(parseAst(readFileSync(`${DIST}${file}`, 'utf8')))) {
      found.set(`/${pattern}/${flags}`, { pattern, flags, file });
    }
  }
  return [...found.values()].filter(({ pattern }) => !BOUNDED.includes(pattern));
}

function literalsIn(root) {
  const literals = [];
  const left = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (node.type === 'Literal' && node.regex) literals.push(node.regex);
    left.push(...Object.values(node));
  }
  return literals;
}

function problemWith({ pattern, flags, file }, piece) {
  for (const ending of ['', '\u0001!']) {
    const times = [SHORT, LONG].map((length) =>
      leastMs(pattern, flags, piece.repeat(length / piece.length) + ending),
    );
    const [short, long] = times;
    if (long > NOTICEABLE_MS && long / Math.max(short, 0.05) > MAX_GROWTH) {
      return [
        `${file}: /${pattern}/${flags} on ${JSON.stringify(piece)}: ${short.toFixed(1)} ms, then ${long.toFixed(1)} ms`,
      ];
    }
  }
  return [];
}

/** Of a few rounds: others use this machine too. */
function leastMs(pattern, flags, text) {
  const expression = new RegExp(pattern, flags.replace('y', ''));
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3 && least > 1; round += 1) {
    expression.lastIndex = 0;
    const start = performance.now();
    if (expression.global) text.replace(expression, '');
    else expression.test(text);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

async function rechecked(expressions) {
  process.env.RECHECK_BACKEND = 'pure';
  const { check } = await import('recheck');
  const found = [];
  let undecided = 0;
  for (const { pattern, flags, file } of expressions) {
    const told = await check(pattern, flags, { timeout: 10_000 });
    if (told.status === 'unknown') undecided += 1;
    if (told.status === 'vulnerable') found.push(`${file}: /${pattern}/${flags} ${told.complexity.type}`);
  }
  const what = 'the same, looked at by recheck';
  return {
    what,
    times: expressions.length,
    lost: found.length,
    note: [`${undecided} not decided in 10 s`, ...found].join('; '),
  };
}

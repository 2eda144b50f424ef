// Detectors on texts that make searches look again and again: time at n, 2n, 4n and 8n bytes. Ours, patterns as hostile as users'
// may be, and the rules of a file in gitleaks' format where TORTURE_GITLEAKS names one.
import { readFileSync } from 'node:fs';
import { DetectorSet } from '../../../dist/leaks/detectors/detector-set.js';
import { importGitleaks } from '../../../dist/leaks/detectors/gitleaks.js';
import { BUILT_IN_DETECTORS, loadDetectors } from '../../../dist/leaks/detectors/load-detectors.js';

/** Twice the windows that the pattern search is cut into, so that what grows beyond them shows. */
const SHORT = 32 * 1024;
const TIMES = [1, 2, 4, 8];
/** From n to 8n linear is 8, quadratic 64. */
const MAX_GROWTH = 24;
const NOTICEABLE_MS = 40;
const KEYWORD = 'hostile';

/** Known to make engines that backtrack run for ever, or linear ones look through the rest again for each match; with what they dislike. */
const PATTERNS = [
  ['(a+)+$', 'a'],
  ['(a|aa)+$', 'a'],
  ['(a|a)*b', 'a'],
  ['(a*)*c', 'a'],
  ['(x+x+)+y', 'x'],
  ['(.*)(.*)(.*)(.*)z', 'a'],
  ['.*.*=.*', 'a='],
  ['hostile.*hostile.*!', 'hostile '],
  ['(\\w+\\s?)*:', 'ab '],
  ['([a-z]+)*[0-9]', 'ab'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'],
  ['(?:a?){50}a{50}', 'a'],
  ['[a-z0-9]{20,60}[^a-z]', 'a1'],
  ['a[^b]{1,200}c', 'a'],
  ['(?s)a.*?b.*?c', 'ab'],
  ['(?i)(hostile|host)(ile)*[\\s\\S]*(x|y)', 'ile'],
  ['(\\d{1,3}\\.){3}\\d{1,3}(:\\d+)?(/\\S*)*q', '1.'],
  ['([A-Za-z0-9+/]{4})*={2}', 'AAAA'],
];

const custom = (pattern, at) => ({
  id: `hostile-${at}`,
  vendor: 'custom',
  title: 'hostile',
  confidence: 'low',
  keywords: [KEYWORD],
  search: { kind: 'regex', pattern, group: 0, allow: [], keepsExamples: true },
  shape: { alphabet: 'token', minLength: 1, maxLength: 4096 },
  minEntropy: 0,
  needsDigit: false,
  placeholders: [],
  documented: [],
  examples: { positive: [], negative: [] },
  file: 'hostile',
});

/** What a detector's own examples and keywords look like, repeated: nothing but what draws its attention. */
function piecesFor(detector) {
  const keywords = detector.keywords.slice(0, 2);
  const examples = detector.examples.positive.slice(0, 1).map((text) => text.slice(0, 400));
  return [
    ...keywords.flatMap((keyword) => [
      keyword,
      `${keyword}=`,
      `${keyword}: "a1`,
      `${keyword} ${'a1B2'.repeat(16)}`,
    ]),
    ...examples.flatMap((text) => [text, text.slice(0, -1)]),
  ];
}

const textOf = (piece, length) =>
  Buffer.from(piece.repeat(Math.ceil(length / piece.length)).slice(0, length));

/** The least of a few rounds: others use this machine too. */
function leastMs(set, text, rounds) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > 1; round += 1) {
    const start = performance.now();
    set.detect(text);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** @returns what it took, and what is wrong with that. */
function measureOnce(set, piece, { short = SHORT, rounds = 3 } = {}) {
  const times = TIMES.map((factor) => leastMs(set, textOf(piece, factor * short), rounds));
  const [first, last] = [times[0], times.at(-1)];
  const isSlow = last > NOTICEABLE_MS && last / Math.max(first, 0.5) > MAX_GROWTH;
  return { piece, times, mbPerSecond: (8 * short) / 1e3 / last, isSlow };
}

/** What looks slow is measured twice more: a machine that others use is slow now and then, what is not linear always. */
function measure(set, piece, options) {
  let measured = measureOnce(set, piece, options);
  for (let again = 0; measured.isSlow && again < 2; again += 1) measured = measureOnce(set, piece, options);
  return measured;
}

function rowOf(what, tries) {
  const slow = tries.filter(({ isSlow }) => isSlow);
  const worst = tries.reduce((a, b) => (b.mbPerSecond < a.mbPerSecond ? b : a));
  const told = ({ who, piece, times }) =>
    `${who} on ${JSON.stringify(piece.slice(0, 30))}: ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`;
  return {
    what,
    times: tries.length * TIMES.length,
    lost: slow.length,
    note: [
      ...slow.slice(0, 5).map(told),
      `slowest: ${worst.mbPerSecond.toFixed(2)} MB/s, ${told(worst)}`,
    ].join('; '),
  };
}

const sizes = (short = SHORT) => TIMES.map((factor) => (factor * short) / 1024).join(', ');

async function ours() {
  const detectors = await loadDetectors([BUILT_IN_DETECTORS]);
  const tries = detectors.flatMap((detector) => {
    const set = new DetectorSet([detector]);
    return piecesFor(detector).map((piece) => ({ who: detector.id, ...measure(set, piece) }));
  });
  return rowOf(`our ${detectors.length} detectors on texts of their own words, ${sizes()} KiB`, tries);
}

/** The keyword once, now and then, and everywhere: the search looks around each place. */
function hostile(patterns) {
  const tries = patterns.flatMap(([pattern, piece], at) => {
    const set = new DetectorSet([custom(pattern, at)]);
    const texts = [`${piece.repeat(20)}${KEYWORD}`, KEYWORD + piece, KEYWORD + piece.repeat(2_000)];
    return texts.map((text) => ({ who: `/${pattern}/`, ...measure(set, text) }));
  });
  return rowOf(`${patterns.length} hostile patterns of users around their keywords, ${sizes()} KiB`, tries);
}

/** Hundreds of them, so each on less text: a keyword alone, and with what looks like a value. */
const FEW = { short: 8 * 1024, rounds: 1 };

function imported(file) {
  const { detectors, refused } = importGitleaks(readFileSync(file, 'utf8'), file);
  const tries = detectors.flatMap((detector) => {
    const set = new DetectorSet([detector]);
    const keyword = detector.keywords[0] ?? 'key';
    return [keyword, `${keyword}="${'a1B2'.repeat(12)}" `].map((piece) => ({
      who: detector.id,
      ...measure(set, piece, FEW),
    }));
  });
  const what = `${detectors.length} rules of gitleaks' (${refused.length} refused) on texts of their own words`;
  return rowOf(`${what}, ${sizes(FEW.short)} KiB`, tries);
}

/** `--only` may say: detectors, users' patterns, imported rules. */
export async function* patternRows({ size, wants }) {
  if (size === 'small') return yield hostile(PATTERNS.slice(0, 3));
  if (wants('detectors')) yield await ours();
  if (wants("users' patterns")) yield hostile(PATTERNS);
  if (wants('imported rules') && process.env.TORTURE_GITLEAKS !== undefined)
    yield imported(process.env.TORTURE_GITLEAKS);
}

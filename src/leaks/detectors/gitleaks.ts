import { parse, TomlError } from 'smol-toml';
import { type Problem, ProblemsError } from '../../core/errors/problem.js';
import type { AllowList } from './allow-list.js';
import type { Detector } from './detector.js';
import {
  gitleaksFileSchema,
  gitleaksRuleSchema,
  type WrittenAllowList,
  type WrittenRule,
} from './gitleaks-schema.js';
import { patternProblem } from './linear-pattern.js';

/** What became of the rules of a file. */
export interface ImportedRules {
  readonly detectors: readonly Detector[];
  /** Rules that are not looked for, each with the reason. */
  readonly refused: readonly { readonly rule: string; readonly why: string }[];
  /** What of the others is not heeded: more is found than gitleaks would find. */
  readonly unheeded: readonly { readonly rule: string; readonly what: string }[];
}

interface File {
  readonly file: string;
  readonly everywhere: readonly WrittenAllowList[];
}

/** A single character stands in every text. */
const MIN_KEYWORD = 2;
/** gitleaks reports what has more than its limit; here the limit itself is enough. */
const JUST_ABOVE = 1e-9;

/**
 * Reads rules as gitleaks writes them, and makes each one a detector or tells why it cannot be one.
 * @throws ProblemsError when the file is not TOML, or holds no rules.
 */
export function importGitleaks(text: string, file: string): ImportedRules {
  const parsed = gitleaksFileSchema.safeParse(tomlOf(text, file));
  if (!parsed.success || parsed.data.rules.length === 0)
    throw invalid({ file, line: 1, column: 1, message: 'expected rules as gitleaks has them: [[rules]]' });
  const { rules, allowlist, allowlists } = parsed.data;
  const everywhere = [...(allowlist === undefined ? [] : [allowlist]), ...allowlists];
  const imported = {
    detectors: new Array<Detector>(),
    refused: new Array<ImportedRules['refused'][number]>(),
    unheeded: new Array<ImportedRules['unheeded'][number]>(),
  };
  if (parsed.data.extend !== undefined)
    imported.refused.push({ rule: '[extend]', why: 'rules of another file: name that file too' });
  const unheeded = unheededOf(everywhere);
  if (unheeded !== undefined) imported.unheeded.push({ rule: '[allowlist]', what: unheeded });
  for (const [index, written] of rules.entries()) {
    const rule = gitleaksRuleSchema.safeParse(written);
    const name = rule.success ? rule.data.id : nameOf(written, index);
    const why = rule.success ? refusal(rule.data) : unknownParts(rule.error.issues);
    if (!rule.success || why !== undefined) imported.refused.push({ rule: name, why: why ?? '' });
    else {
      imported.detectors.push(detectorOf(rule.data, { file, everywhere }));
      const what = unheededBy(rule.data);
      if (what !== undefined) imported.unheeded.push({ rule: name, what });
    }
  }
  return imported;
}

const invalid = (problem: Problem): ProblemsError =>
  new ProblemsError('rules to import are not valid', [problem]);

function tomlOf(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw invalid({ file, line: error.line, column: error.column, message: 'expected valid TOML' });
  }
}

const nameOf = (written: unknown, index: number): string =>
  typeof written === 'object' && written !== null && 'id' in written && typeof written.id === 'string'
    ? written.id
    : `rule ${index + 1}`;

const unknownParts = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
) => `not understood: ${issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ')}`;

function refusal({ regex, path, keywords, allowlists, allowlist }: WrittenRule): string | undefined {
  if (path !== '') return 'it is about paths, which are not known where contents are read';
  if (regex === '') return 'it has no regex';
  if (keywords.length === 0) return 'it has no keywords, and would have to be tried everywhere';
  const short = keywords.find((keyword) => keyword.length < MIN_KEYWORD);
  if (short !== undefined) return `its keyword "${short}" is shorter than ${MIN_KEYWORD} characters`;
  const lists = [...allowlists, ...(allowlist === undefined ? [] : [allowlist])];
  const patterns = [regex, ...lists.flatMap(({ regexes }) => regexes)];
  const problem = patterns.map(patternProblem).find((one) => one !== undefined);
  return problem === undefined ? undefined : `it has ${problem}`;
}

const unheededBy = ({ allowlists, allowlist }: WrittenRule): string | undefined =>
  unheededOf([...allowlists, ...(allowlist === undefined ? [] : [allowlist])]);

function unheededOf(lists: readonly WrittenAllowList[]): string | undefined {
  const parts = [
    ...(lists.some(({ paths }) => paths.length > 0) ? ['paths'] : []),
    ...(lists.some(({ commits }) => commits.length > 0) ? ['commits'] : []),
    // Those of one rule's own list have the whole rule refused.
    ...(lists.some(({ regexes }) => regexes.some((one) => patternProblem(one) !== undefined))
      ? ['patterns that could backtrack']
      : []),
  ];
  return parts.length === 0 ? undefined : `the ${parts.join(' and ')} of its allow-list`;
}

function detectorOf(rule: WrittenRule, { file, everywhere }: File): Detector {
  const own = [...rule.allowlists, ...(rule.allowlist === undefined ? [] : [rule.allowlist])];
  const shared = everywhere.filter(
    ({ targetRules }) => targetRules.length === 0 || targetRules.includes(rule.id),
  );
  return {
    id: rule.id,
    vendor: 'imported',
    title: rule.description === '' ? rule.id : rule.description,
    confidence: 'medium',
    keywords: rule.keywords.map((keyword) => keyword.toLowerCase()),
    search: {
      kind: 'regex',
      pattern: rule.regex,
      group: rule.secretGroup,
      allow: [...own, ...shared].flatMap(allowListOf),
      keepsExamples: true,
    },
    shape: { alphabet: 'token', minLength: 1, maxLength: 4096 },
    minEntropy: rule.entropy === 0 ? 0 : rule.entropy + JUST_ABOVE,
    needsDigit: false,
    placeholders: [],
    documented: [],
    examples: { positive: [], negative: [] },
    file,
  };
}

/** A list that needs a path or a commit besides cannot be heeded at all; without that, less would be found than should be. */
function allowListOf({
  condition,
  paths,
  commits,
  regexes,
  regexTarget,
  stopwords,
}: WrittenAllowList): AllowList[] {
  const needsAll = /^(?:and|&&)$/i.test(condition);
  if (needsAll && paths.length + commits.length > 0) return [];
  const patterns = regexes.filter((one) => patternProblem(one) === undefined);
  if (patterns.length + stopwords.length === 0) return [];
  const words = stopwords.map((word) => word.toLowerCase());
  return [{ target: regexTarget === '' ? 'secret' : regexTarget, patterns, stopwords: words, needsAll }];
}

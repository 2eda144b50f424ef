import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../core/errors/audit-error.js';
import { type Problem, ProblemsError } from '../core/errors/problem.js';
import type { Rule, RuleParam } from '../core/rule.js';
import type { Vocabulary } from '../core/vocabulary.js';
import { dataOf } from '../yaml/yaml-file.js';
import { zodProblems } from '../yaml/zod-problems.js';
import { checkRule } from './check-rule.js';
import { ConditionCompiler } from './condition.js';
import { checkOverrides, paramsOf, type ParamOverrides } from './params.js';
import { checkSeverities, type SeverityOverrides, weighed } from './severities.js';
import { ruleSchema, type WrittenRule } from './rule-schema.js';
import type { CompiledRule, RuleSet } from './rule-set.js';
import { didYouMean } from './did-you-mean.js';
import { type RuleSource, ruleSource } from './rule-source.js';

export interface RulesRequest {
  readonly vocabulary: Vocabulary;
  /** Folders of the user's own rules, beside the built-in ones. */
  readonly directories?: readonly string[];
  /** Ids of rules that are left out. */
  readonly disable?: readonly string[];
  /** Thresholds of the user's own: rule id -> param -> value. */
  readonly params?: ParamOverrides;
  /** Severities of the user's own: rule id -> what it always weighs. */
  readonly severity?: SeverityOverrides;
  /** Leave the built-in rules out: `rules test DIR` judges only what it is given. */
  readonly withoutBuiltIn?: boolean;
  /** One folder of the built-in rules only, for a run that has nothing else to judge: `leaks` holds all rules about leaks. */
  readonly builtInFolder?: 'leaks' | undefined;
}

// The same relative place from src/rules and from dist/rules.
const BUILT_IN = fileURLToPath(new URL('../../rules/', import.meta.url));
// What a leaked key looks like is another kind of file, with a reader of its own.
const OTHER_FOLDERS = new Set(['detectors']);
const MAX_BYTES = 64 * 1024;

interface RuleFile {
  /** As shown: relative to the rules folder, or as the user wrote its folder. */
  readonly name: string;
  readonly text: string;
}

/**
 * Loads the built-in rules and the user's own.
 * @throws ProblemsError with every mistake in every rule file; ConfigError when the configuration names a rule, a param
 * or a folder that does not exist.
 */
export async function loadRules(request: RulesRequest): Promise<RuleSet> {
  const builtIn = request.withoutBuiltIn === true ? [] : [await readBuiltIn(request.builtInFolder)];
  const own = await Promise.all((request.directories ?? []).map((folder) => readFolder(folder, folder)));
  // Conditions run only in scopes of the very compilers that made them.
  const compilers = compilersOf(request.vocabulary);
  const { rules, problems } = checkFiles([...builtIn, ...own].flat(), request, compilers);
  if (problems.length > 0) throw new ProblemsError('the rules have mistakes:', problems);
  const all = rules.map(({ rule }) => rule);
  checkOverrides(request.params ?? {}, all);
  checkSeverities(request.severity ?? {}, all);
  const enabled = withoutDisabled(rules, request.disable ?? []);
  const compiled = enabled.map((rule) => weighed(rule, request.severity ?? {}));
  return {
    rules: compiled.map(({ rule }) => rule),
    compiled,
    compilers,
    vocabulary: request.vocabulary,
  };
}

const readBuiltIn = (folder: string | undefined): Promise<readonly RuleFile[]> =>
  folder === undefined
    ? readFolder(BUILT_IN, 'rules')
    : readFolder(join(BUILT_IN, folder), `rules/${folder}`);

async function readFolder(folder: string, shown: string): Promise<readonly RuleFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ConfigError(`cannot read the rules folder ${shown}`, {
      cause,
      hint: 'check `rules.directories`',
    });
  });
  const files: RuleFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [path, name] = [join(folder, entry.name), `${shown}/${entry.name}`];
    if (entry.isDirectory() && !OTHER_FOLDERS.has(entry.name)) files.push(...(await readFolder(path, name)));
    else if (/\.ya?ml$/.test(entry.name)) files.push({ name, text: await readFile(path, 'utf8') });
  }
  return files;
}

interface Checked {
  readonly rules: readonly CompiledRule[];
  readonly problems: readonly Problem[];
}

function checkFiles(
  files: readonly RuleFile[],
  request: RulesRequest,
  compilers: RuleSet['compilers'],
): Checked {
  const rules = new Map<string, CompiledRule>();
  const problems: Problem[] = [];
  for (const file of files) {
    const source = ruleSource(file.name, file.text.length > MAX_BYTES ? '' : file.text);
    const written = readRule(source, problems, file);
    if (written === undefined) continue;
    const taken = rules.get(written.id);
    if (taken !== undefined) {
      problems.push(source.problem(['id'], `${written.id} is already the id of ${taken.rule.file}`));
      continue;
    }
    const checked = checkRule({
      written,
      source,
      vocabulary: request.vocabulary[written.subject],
      compiler: compilers[written.subject],
      params: paramsFor(written, request),
    });
    if ('rule' in checked) rules.set(written.id, checked);
    else problems.push(...checked);
  }
  return { rules: [...rules.values()].sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)), problems };
}

const paramsFor = (written: WrittenRule, request: RulesRequest): readonly RuleParam[] =>
  paramsOf(written, request.params?.[written.id] ?? {});

function readRule(source: RuleSource, problems: Problem[], file: RuleFile): WrittenRule | undefined {
  if (file.text.length > MAX_BYTES) {
    problems.push(source.problem([], `longer than ${MAX_BYTES} characters`));
    return undefined;
  }
  const { data, problems: unreadable } = dataOf(source.yaml);
  const broken = [...source.yaml.problems, ...unreadable];
  if (broken.length > 0) {
    problems.push(...broken);
    return undefined;
  }
  const parsed = ruleSchema.safeParse(data);
  if (!parsed.success) {
    problems.push(...zodProblems({ yaml: source.yaml, schema: ruleSchema }, parsed.error.issues));
    return undefined;
  }
  const expected = basename(file.name).replace(/\.ya?ml$/, '');
  if (parsed.data.id !== expected) {
    problems.push(
      source.problem(['id'], `expected ${expected}, the name of the file; found ${parsed.data.id}`),
    );
  }
  return parsed.data;
}

function compilersOf(vocabulary: Vocabulary): RuleSet['compilers'] {
  return {
    key: new ConditionCompiler(vocabulary.key),
    leak: new ConditionCompiler(vocabulary.leak),
    source: new ConditionCompiler(vocabulary.source),
  };
}

function withoutDisabled(
  rules: readonly CompiledRule[],
  disable: readonly string[],
): readonly CompiledRule[] {
  const ids = rules.map(({ rule }: { readonly rule: Rule }) => rule.id);
  for (const id of disable) {
    if (!ids.includes(id))
      throw new ConfigError(`rules.disable: there is no rule ${id}${didYouMean(id, ids)}`);
  }
  return rules.filter(({ rule }) => !disable.includes(rule.id));
}

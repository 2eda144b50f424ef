import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { RuleParam } from '../core/rule.js';
import type { FactSpec, FactType, FactValue, JudgedSubject } from '../core/vocabulary.js';
import { type Expression, inspectExpression, type Misuse } from './condition-syntax.js';
import { globMatches } from './glob.js';
import { inCidr } from './in-cidr.js';

/** A condition that was checked against the vocabulary. */
export interface Condition {
  readonly text: string;
  /** The facts that it reads, sorted. */
  readonly facts: readonly string[];
  /** The params that it reads, sorted. */
  readonly params: readonly string[];
  /** Whether it holds. Throws when it cannot be worked out; every fact that it reads must be known. */
  holds(scope: Scope): boolean;
}

/** What is wrong with a condition; `offset` counts characters from its start. */
export interface ConditionError {
  readonly message: string;
  readonly offset: number;
}

/** The values that conditions see of one subject and one rule. */
export type Scope = Readonly<Record<string, unknown>>;

/** The facts of one subject, and the params of the rule that judges it now. */
export interface SubjectScope {
  params: Scope;
  readonly [namespace: string]: unknown;
}

// Conditions are short; these bounds stop a rule file from becoming a program. Our judgement.
const LIMITS = { maxAstNodes: 200, maxDepth: 24, maxListElements: 64, maxMapEntries: 1, maxCallArguments: 4 };
const MAX_LENGTH = 2_000;

const CEL_TYPES = {
  int: 'int',
  bool: 'bool',
  string: 'string',
  strings: 'list<string>',
} satisfies Record<FactType, string>;

type View = { get(field: string): unknown };
type ViewType = new (read: (field: string) => FactValue | undefined) => View;

interface Namespace {
  readonly View: ViewType;
  /** Field -> the fact's whole name; put together once, because it is asked for at every reading. */
  readonly names: ReadonlyMap<string, string>;
}

/** Compiles conditions about one kind of subject, and makes the scopes in which they run. */
export class ConditionCompiler {
  readonly #base: Environment;
  readonly #namespaces = new Map<string, Namespace>();
  readonly #facts: ReadonlyMap<string, FactType>;

  constructor(vocabulary: readonly FactSpec[]) {
    this.#facts = new Map(vocabulary.map(({ name, type }) => [name, type]));
    this.#base = new Environment({ limits: LIMITS })
      .registerFunction('lower(string): string', (text: string) => text.toLowerCase())
      .registerFunction('glob(string, string): bool', globMatches)
      .registerFunction('inCidr(string, string): bool', inCidr);
    for (const [namespace, fields] of fieldsByNamespace(vocabulary)) {
      const View = viewType();
      const names = new Map(Object.keys(fields).map((field) => [field, `${namespace}.${field}`]));
      this.#namespaces.set(namespace, { View, names });
      this.#base.registerType(`${namespace}Facts`, { ctor: View, fields });
      this.#base.registerVariable(namespace, `${namespace}Facts`);
    }
  }

  /** @returns the condition, or what is wrong with it. */
  compile(text: string, params: readonly RuleParam[]): Condition | ConditionError {
    if (text.length > MAX_LENGTH) return { message: `longer than ${MAX_LENGTH} characters`, offset: 0 };
    const types = Object.fromEntries(params.map(({ name, default: value }) => [name, celTypeOf(value)]));
    const environment = this.#base.clone();
    if (params.length > 0) environment.registerVariable({ name: 'params', schema: types });
    try {
      return this.#checked(text, environment.parse(text), params);
    } catch (error) {
      return asConditionError(error);
    }
  }

  #checked(text: string, parsed: ParseResult, params: readonly RuleParam[]): Condition | ConditionError {
    const use = inspectExpression(asExpression(parsed), {
      facts: this.#facts,
      params: new Set(params.map(({ name }) => name)),
    });
    if ('misuse' in use) return asConditionError(use.misuse);
    const checked = parsed.check();
    if (!checked.valid) return asConditionError(checked.error);
    if (checked.type !== 'bool') {
      return { message: `must answer true or false; this answers ${checked.type}`, offset: 0 };
    }
    return { text, facts: use.facts, params: use.params, holds: (scope) => parsed(scope) === true };
  }

  /** The facts of a subject as conditions see them; made once per subject, values are fetched when read. */
  factsOf(subject: JudgedSubject): SubjectScope {
    const scope: { params: Scope; [namespace: string]: unknown } = { params: {} };
    for (const [namespace, { View, names }] of this.#namespaces) {
      scope[namespace] = new View((field) => {
        const name = names.get(field);
        const fact = name === undefined ? undefined : subject.fact(name);
        return fact?.state === 'known' ? fact.value : undefined;
      });
    }
    return scope;
  }
}

/** The params of a rule as conditions see them. */
export const paramScope = (params: readonly RuleParam[]): Scope =>
  Object.fromEntries(params.map(({ name, value }) => [name, celValue(value)]));

// The library takes an object of a registered class as it is, and asks a Map for its fields only when they are read.
function viewType(): ViewType {
  return class extends Map<string, unknown> {
    readonly #read: (field: string) => FactValue | undefined;

    constructor(read: (field: string) => FactValue | undefined) {
      super();
      this.#read = read;
    }

    override get(field: string): unknown {
      const value = this.#read(field);
      return value === undefined ? undefined : celValue(value);
    }
  };
}

function fieldsByNamespace(vocabulary: readonly FactSpec[]): Map<string, Record<string, string>> {
  const namespaces = new Map<string, Record<string, string>>();
  for (const { name, type } of vocabulary) {
    const [namespace = '', word = ''] = name.split('.');
    const fields = namespaces.get(namespace) ?? {};
    fields[word] = CEL_TYPES[type];
    namespaces.set(namespace, fields);
  }
  return namespaces;
}

// CEL's whole numbers are big integers in JavaScript.
const celValue = (value: FactValue): unknown => (Number.isInteger(value) ? BigInt(Number(value)) : value);

function celTypeOf(value: RuleParam['default']): string {
  if (typeof value === 'string') return CEL_TYPES.string;
  if (typeof value === 'boolean') return CEL_TYPES.bool;
  if (typeof value === 'number') return Number.isInteger(value) ? CEL_TYPES.int : 'double';
  return CEL_TYPES.strings;
}

// The library types its tree with every operand shape there is; the walk needs only this much of it.
const asExpression = (parsed: ParseResult): Expression => parsed.ast as unknown as Expression;

function asConditionError(error: unknown): ConditionError {
  const { message, summary, range } = error as Partial<Misuse> & { readonly message?: string };
  const text = summary ?? message ?? 'cannot be read';
  return { message: text, offset: range?.start ?? 0 };
}

import type { FactType } from '../core/vocabulary.js';
import { didYouMean } from './did-you-mean.js';

/** A node of a parsed condition: an operator, its operands, and where it stands in the text. */
export interface Expression {
  readonly op: string;
  readonly args: unknown;
  readonly range: { readonly start: number; readonly end: number };
}

export interface Misuse {
  readonly summary: string;
  readonly range: Expression['range'];
}

/** What a condition reads (sorted), or the first thing in it that no condition may do. */
export type Use = { readonly facts: string[]; readonly params: string[] } | { readonly misuse: Misuse };

interface Names {
  readonly facts: ReadonlyMap<string, FactType>;
  readonly params: ReadonlySet<string>;
}

// All of these take time in proportion to their operands. `matches` is missing on purpose: regular expressions are not
// linear in JavaScript. So are `map`, `cel.bind` and text joining, with which a short condition can build a huge value.
const FUNCTIONS = new Set(['size', 'lower', 'glob', 'inCidr']);
const METHODS = new Set(['size', 'startsWith', 'endsWith', 'contains']);
const LOOPS = new Set(['exists', 'exists_one', 'all', 'filter']);
const OPERATORS = new Set('value id . call rcall list ?: || && !_ -_ == != < <= > >= in + -'.split(' '));

/** Walks a condition before it is type-checked: collects what it reads, and refuses what is not offered. */
export function inspectExpression(root: Expression, names: Names): Use {
  const walk = new Walk(names);
  walk.visit(root, undefined);
  if (walk.misuse !== undefined) return { misuse: walk.misuse };
  return { facts: [...walk.facts].sort(), params: [...walk.params].sort() };
}

class Walk {
  readonly facts = new Set<string>();
  readonly params = new Set<string>();
  misuse: Misuse | undefined;
  readonly #names: Names;
  readonly #namespaces: ReadonlySet<string>;

  constructor(names: Names) {
    this.#names = names;
    this.#namespaces = new Set([...names.facts.keys()].map((name) => name.split('.')[0] ?? ''));
  }

  /** @param loop the variable of the loop around, if there is one */
  visit(node: Expression, loop: string | undefined): void {
    if (this.misuse !== undefined) return;
    if (!OPERATORS.has(node.op)) return this.#refuse(node, `the operator ${node.op} is not offered`);
    if (node.op === 'value') return;
    if (node.op === 'id') return this.#name(node, loop);
    if (node.op === '.') return this.#field(node, loop);
    if (node.op === 'call') return this.#call(node, loop);
    if (node.op === 'rcall') return this.#method(node, loop);
    this.#operands(node.args, loop);
  }

  #operands(args: unknown, loop: string | undefined): void {
    for (const operand of Array.isArray(args) ? args : [args]) {
      if (isExpression(operand)) this.visit(operand, loop);
    }
  }

  #name(node: Expression, loop: string | undefined): void {
    const name = String(node.args);
    if (name === loop) return;
    const whole = this.#namespaces.has(name) || name === 'params';
    const names = [...this.#names.facts.keys()];
    this.#refuse(
      node,
      whole ? `name one fact, such as ${name}.…` : `there is no ${name}${didYouMean(name, names)}`,
    );
  }

  #field(node: Expression, loop: string | undefined): void {
    const [object, field] = node.args as readonly [Expression, string];
    if (object.op !== 'id') return this.#refuse(node, 'only facts and params have fields');
    const namespace = String(object.args);
    const name = `${namespace}.${field}`;
    if (namespace === 'params') return this.#param(node, field);
    const type = this.#names.facts.get(name);
    if (type === undefined) {
      return this.#refuse(node, `there is no fact ${name}${didYouMean(name, [...this.#names.facts.keys()])}`);
    }
    if (loop !== undefined && type === 'strings') {
      return this.#refuse(node, `${name} is a list; a loop over one list may not read another`);
    }
    this.facts.add(name);
  }

  #param(node: Expression, name: string): void {
    if (this.#names.params.has(name)) this.params.add(name);
    else this.#refuse(node, `there is no param ${name}${didYouMean(name, [...this.#names.params])}`);
  }

  #call(node: Expression, loop: string | undefined): void {
    const [name, operands] = node.args as readonly [string, readonly Expression[]];
    if (FUNCTIONS.has(name)) return this.#operands(operands, loop);
    this.#refuse(node, `the function ${name} is not offered${didYouMean(name, [...FUNCTIONS])}`);
  }

  #method(node: Expression, loop: string | undefined): void {
    const [name, receiver, operands] = node.args as readonly [string, Expression, readonly Expression[]];
    if (METHODS.has(name)) {
      this.visit(receiver, loop);
      return this.#operands(operands, loop);
    }
    if (!LOOPS.has(name)) {
      const offered = [...METHODS, ...LOOPS];
      return this.#refuse(node, `the method ${name} is not offered${didYouMean(name, offered)}`);
    }
    if (loop !== undefined) return this.#refuse(node, 'a loop may not stand inside another');
    this.visit(receiver, loop);
    this.#loopBody(operands);
  }

  #loopBody([variable, ...predicates]: readonly Expression[]): void {
    if (variable === undefined) return;
    const name = String(variable.args);
    const taken = this.#namespaces.has(name) || name === 'params';
    if (variable.op !== 'id' || taken) return this.#refuse(variable, 'name the loop variable something else');
    for (const predicate of predicates) this.visit(predicate, name);
  }

  #refuse(node: Expression, summary: string): void {
    this.misuse ??= { summary, range: node.range };
  }
}

const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && 'op' in value;

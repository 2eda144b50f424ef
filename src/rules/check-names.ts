import type { Problem } from '../core/errors/problem.js';
import type { Conditions, RuleDraft } from './check-rule.js';
import { placeholdersIn } from './message.js';
import { didYouMean } from './did-you-mean.js';
import { withCaret } from './with-caret.js';

type Path = readonly (string | number)[];

/** Checks that a rule names every fact and param that it reads, none that it does not, and none that does not exist. */
export function checkNames(draft: RuleDraft, conditions: Conditions): readonly Problem[] {
  return [
    ...checkNeeds(draft, conditions),
    ...checkWeighs(draft, conditions),
    ...checkParams(draft, conditions),
    ...templates(draft).flatMap(([path, text]) => checkPlaceholders(draft, path, text)),
  ];
}

function checkNeeds({ written, source }: RuleDraft, conditions: Conditions): readonly Problem[] {
  const read = new Set(
    [conditions.applies, conditions.when, conditions.doubt].flatMap((condition) => condition?.facts ?? []),
  );
  const missing = [...read].filter((name) => !written.needs.includes(name));
  return [
    ...missing.map((name) => source.problem(['needs'], `the conditions read ${name}: list it here`)),
    ...written.needs.flatMap((name, index) =>
      read.has(name)
        ? []
        : [source.problem(['needs', index], `no condition reads ${name}${didYouMean(name, missing)}`)],
    ),
  ];
}

function checkWeighs({ written, source }: RuleDraft, { tiers }: Conditions): readonly Problem[] {
  const read = new Set(tiers.flatMap((tier) => tier.facts));
  const listed = [...written.needs, ...written.weighs];
  const missing = [...read].filter((name) => !listed.includes(name));
  return [
    ...missing.map((name) => source.problem(['tiers'], `the tiers read ${name}: list it under \`weighs\``)),
    ...written.weighs.flatMap((name, index) =>
      read.has(name) && !written.needs.includes(name)
        ? []
        : [source.problem(['weighs', index], `${name} is not read by a tier alone: remove it here`)],
    ),
  ];
}

function checkParams({ written, source, params }: RuleDraft, conditions: Conditions): readonly Problem[] {
  const all = [conditions.applies, conditions.when, conditions.doubt, ...conditions.tiers];
  const read = new Set(all.flatMap((condition) => condition?.params ?? []));
  return params.flatMap(({ name }) =>
    read.has(name) || written.message.includes(`{params.${name}}`)
      ? []
      : [source.problemAtName(['params', name], `nothing reads params.${name}`)],
  );
}

function templates({ written }: RuleDraft): readonly (readonly [Path, string])[] {
  const fixes: (readonly [Path, string])[] =
    typeof written.fix === 'string'
      ? [[['fix'], written.fix]]
      : Object.entries(written.fix).map(([vendor, text]) => [['fix', vendor], text] as const);
  const because: (readonly [Path, string])[] =
    written.doubt === undefined ? [] : [[['doubt', 'because'], written.doubt.because]];
  return [[['message'], written.message], ...fixes, ...because];
}

function checkPlaceholders(
  { vocabulary, params, source }: RuleDraft,
  path: Path,
  text: string,
): readonly Problem[] {
  const names = [...vocabulary.map(({ name }) => name), ...params.map(({ name }) => `params.${name}`)];
  return placeholdersIn(text)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const offset = text.indexOf(`{${name}}`);
      const message = `nothing fills {${name}}${didYouMean(name, names)}`;
      return source.problemInside(path, offset, withCaret(message, text, offset));
    });
}

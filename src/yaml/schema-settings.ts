import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** The parts of a schema's definition that a walk needs; which of them exist depends on its type. */
interface Definition {
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly options?: readonly Schema[];
}

/** The names of the settings that a schema knows at a path; of all alternatives where there are several. */
export function settingsAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  let here = alternatives(schema);
  for (const part of path)
    here = here.flatMap((one) => childOf(definitionOf(one), part)).flatMap(alternatives);
  return [...new Set(here.flatMap((one) => Object.keys(definitionOf(one).shape ?? {})))];
}

const definitionOf = (schema: Schema): Definition => schema._zod.def as Definition;

function childOf(definition: Definition, part: PropertyKey): Schema[] {
  const child = definition.element ?? definition.valueType ?? definition.shape?.[String(part)];
  return child === undefined ? [] : [child];
}

/** Looks through optional values, defaults, transformations and unions. */
function alternatives(schema: Schema): Schema[] {
  const { innerType, in: input, options } = definitionOf(schema);
  const inner = innerType ?? input;
  if (inner !== undefined) return alternatives(inner);
  return options === undefined ? [schema] : options.flatMap(alternatives);
}

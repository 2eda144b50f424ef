import { z } from 'zod';
import { compareText } from '../core/compare-text.js';
import { type Fact, known, unknown } from '../core/fact.js';
import { type Instant, parseInstant } from '../core/instant.js';

/** One object of an answer, of which nothing is known but that it is an object. */
export const rawRecordSchema = z.record(z.string(), z.unknown());
export type RawRecord = z.output<typeof rawRecordSchema>;

/** Longer texts are no names; they are cut, so that one field cannot fill the memory. */
const MAX_TEXT = 10_000;

export const textSchema = z.string().transform((text) => text.slice(0, MAX_TEXT));
/** An id goes into references, URLs and reports: a narrow alphabet, and never a path of its own. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9_.:-]{0,199}$/);
export const instantSchema = z.string().transform((text, context): Instant => {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: 'expected a date and time' });
  return z.NEVER;
});
/** What can be sent in a header and is not absurdly long. */
export const keyValueSchema = z.string().regex(/^[\x21-\x7e]{1,10000}$/);

/** Reads fields of a vendor's records one by one, and remembers which were not as documented, and how often. */
export class FieldLog {
  readonly #problems = new Map<string, number>();

  /** The field's value; unknown, and remembered, when it is absent or has another form than documented. */
  read<T>(record: RawRecord, field: string, schema: z.ZodType<T>): Fact<T> {
    if (!Object.hasOwn(record, field)) {
      this.count(`field \`${field}\` missing`);
      return unknown(`the vendor's answer has no field \`${field}\``);
    }
    const parsed = schema.safeParse(record[field]);
    if (parsed.success) return known(parsed.data);
    this.count(`field \`${field}\` not as documented`);
    return unknown(`the vendor's field \`${field}\` does not have the documented form`);
  }

  /** Like {@link read}, for a field that the vendor may leave out or set to null. */
  readOptional<T>(record: RawRecord, field: string, schema: z.ZodType<T>): Fact<T> {
    const value = Object.hasOwn(record, field) ? record[field] : null;
    if (value !== null) return this.read(record, field, schema);
    return unknown(`the vendor does not tell \`${field}\` of this key`);
  }

  count(problem: string, times = 1): void {
    this.#problems.set(problem, (this.#problems.get(problem) ?? 0) + times);
  }

  /** In words, one entry a kind of problem, in stable order. */
  problems(): readonly string[] {
    return [...this.#problems]
      .toSorted(([left], [right]) => compareText(left, right))
      .map(([problem, times]) => `${problem} in ${times} ${times === 1 ? 'record' : 'records'}`);
  }
}

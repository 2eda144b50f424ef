import type { z } from 'zod';
import { HttpError } from '../http/http-error.js';
import type { Listing } from '../http/paginate.js';
import { type RawRecord, rawRecordSchema } from './field-log.js';

/** Checks an answer's outer form. @throws HttpError `malformed`, naming the field but nothing of the answer. */
export function checkAnswer<T>(answer: unknown, schema: z.ZodType<T>, what: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.map((part) => (typeof part === 'number' ? '[]' : String(part)));
  const where = path === undefined || path.length === 0 ? 'the answer' : `\`${path.join('.')}\``;
  throw new HttpError({ kind: 'malformed', what, found: `${where} does not have the documented form` });
}

/** An item of a list that has an id, so that it can be spoken of. */
export interface Identified {
  readonly id: string;
  readonly record: RawRecord;
}

/** A list, and how many of its records cannot be spoken of because they have no usable id. */
export interface IdentifiedListing extends Listing<Identified> {
  readonly lost: number;
}

/** Keeps a page's items that are objects with a usable id; `onLost` hears of each other one. */
export function identified(
  items: readonly unknown[],
  idOf: (record: RawRecord) => string | undefined,
  onLost: () => void,
): Identified[] {
  return items.flatMap((item) => {
    const record = rawRecordSchema.safeParse(item);
    const id = record.success ? idOf(record.data) : undefined;
    if (record.success && id !== undefined) return [{ id, record: record.data }];
    onLost();
    return [];
  });
}

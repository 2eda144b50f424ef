import { z } from 'zod';
import { type Fingerprint, parseFingerprint } from '../core/digest.js';
import { type Problem, ProblemsError } from '../core/errors/problem.js';
import { type Instant, parseInstant } from '../core/instant.js';
import { type Declaration, type KeyRef, keyRefText } from '../core/key.js';
import { keyId, sourceId } from '../core/brand.js';
import { checkYaml, type CheckedYaml, type WrittenFile } from '../yaml/check-yaml.js';

const text = z.string().trim().min(1).max(1000);
const date = z.string().transform((value, context): Instant => {
  const instant = parseInstant(value);
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: 'expected a date such as 2026-11-01' });
  return z.NEVER;
});

const entrySchema = z.strictObject({
  source: text,
  id: text,
  name: text.optional(),
  owner: text.optional(),
  system: text.optional(),
  purpose: text.optional(),
  access: z.enum(['read', 'write']).optional(),
  environment: text.optional(),
  reviewBy: date.optional(),
  expires: date.optional(),
  status: z.enum(['active', 'retired']).optional(),
  fingerprint: z
    .string()
    .transform((value, context): Fingerprint => {
      const fingerprint = parseFingerprint(value);
      if (fingerprint !== undefined) return fingerprint;
      context.addIssue({ code: 'custom', message: 'expected a fingerprint, kf1:<length>:<64 hex digits>' });
      return z.NEVER;
    })
    .describe('of the key’s value, so that a leak is joined to it even when it was deleted at the vendor')
    .optional(),
});

const registerSchema = z.strictObject({
  version: z.literal(1),
  // `keys:` with nothing behind it is a list that nobody has begun.
  keys: z
    .array(entrySchema)
    .nullish()
    .transform((entries) => entries ?? []),
});

type Written = z.output<typeof registerSchema>;

/** The JSON Schema of the file as people write it, for editors. */
export const registerJsonSchema = (): unknown => z.toJSONSchema(registerSchema, { io: 'input' });

/** The key register: what people wrote down about keys, found by source and key id. */
export interface Register {
  readonly file: string;
  /** By `<source>/<key id>`. */
  readonly entries: ReadonlyMap<string, Declaration>;
  /** What is written of a key besides, for the time when no vendor lists it any more. */
  readonly written: readonly WrittenKey[];
}

/** A key as the register identifies it. */
export interface WrittenKey extends KeyRef {
  readonly name: string | undefined;
  readonly fingerprint: Fingerprint | undefined;
}

/** @throws ProblemsError naming every mistake of the file by line and column. */
export function readRegister(written: WrittenFile): Register {
  const checked = checkYaml(written, registerSchema);
  if (!checked.ok) throw new ProblemsError('the key register has mistakes', checked.problems);
  const twice = duplicates(written.file, checked);
  if (twice.length > 0) throw new ProblemsError('the key register has mistakes', twice);
  const entries = checked.data.keys.map((entry, index): readonly [string, Declaration] => [
    refOf(entry),
    declarationOf(entry, { file: written.file, line: checked.at(['keys', index]).line }),
  ]);
  return { file: written.file, entries: new Map(entries), written: checked.data.keys.map(writtenKey) };
}

type Entry = Written['keys'][number];

const writtenKey = ({ source, id, name, fingerprint }: Entry): WrittenKey => ({
  source: sourceId(source),
  id: keyId(id),
  name,
  fingerprint,
});

const refOf = (entry: Entry): string => keyRefText(writtenKey(entry));

function declarationOf(entry: Entry, at: NonNullable<Declaration['at']>): Declaration {
  const { owner, system, purpose, access, environment, reviewBy, expires, status } = entry;
  return { owner, system, purpose, access, environment, reviewBy, expires, status, at };
}

function duplicates(file: string, checked: CheckedYaml<Written>): Problem[] {
  const first = new Map<string, number>();
  return checked.data.keys.flatMap((entry, index) => {
    const { line, column } = checked.at(['keys', index]);
    const seen = first.get(refOf(entry));
    if (seen === undefined) first.set(refOf(entry), line);
    if (seen === undefined) return [];
    return [
      {
        file,
        line,
        column,
        message: `keys[${index}]: expected one entry a key, found a second one (the first: line ${seen})`,
      },
    ];
  });
}

import type { Secret } from '../core/secret.js';
import { type WrittenForm, writtenForms } from './encodings.js';
import { KeyIndex, type KeyTables } from './key-index.js';
import { LiteralSet } from './literal-set.js';
import { regularTexts } from './regular-texts.js';

/** One occurrence: which value, how it is written there, and where. */
export type ReportValue = (value: number, form: WrittenForm, from: number) => void;

interface Forms {
  readonly literals: LiteralSet;
  readonly forms: readonly { readonly value: number; readonly form: WrittenForm }[];
}

/**
 * From so many values on, it costs less to decode what is looked through than to look for every form of every value: the
 * tables of forms alone take longer to make. The two ways cost the same at some 100 keys in a history of 0.2 GB, and at some
 * 1,000 in one of 4.5 GB.
 */
const MANY_VALUES = 500;
/** Forms of values that were met are kept for the next text, as long as there are not more of them. */
const MAX_KEPT = 1000;

/** Finds any of many values in all of their written forms. What it costs to look hardly depends on how many they are. */
export class KnownValues {
  /** Length of the longest form in bytes; 0 without values. */
  readonly longest: number;
  readonly #values: readonly Secret[];
  readonly #indexes: readonly KeyIndex[];
  /** Of the values that no index can hold: all forms. */
  readonly #others: Forms;
  readonly #met = new Map<number, Forms>();

  /** @param many from how many values on texts are decoded; below, each written form is looked for as it stands. What is found is the same. */
  constructor(values: readonly Secret[], many = MANY_VALUES) {
    this.#values = values;
    const { groups, longest, others } = regularTexts(values.length < many ? [] : values);
    this.#indexes = groups.map(({ texts, isRun }) => new KeyIndex(texts, isRun));
    this.#others = this.#formsOf(values.length < many ? [...values.keys()] : others);
    // Hex and UTF-16 double a text; escapes of it are texts of their own.
    this.longest = Math.max(2 * longest, this.#others.literals.longest);
  }

  /** Reports every occurrence once, overlaps too, in no useful order. */
  findAll(bytes: Uint8Array, report: ReportValue): void {
    findIn(this.#others, bytes, report);
    if (this.#indexes.length === 0) return;
    const suspects = new Set<number>();
    for (const index of this.#indexes) index.suspectsIn(bytes, (owner) => suspects.add(owner));
    for (const value of suspects) findIn(this.#metForms(value), bytes, report);
  }

  /** For the pack reader: what is looked for as it stands. */
  get literals(): LiteralSet {
    return this.#others.literals;
  }

  /** For the pack reader: what is looked for in clear and decoded. */
  tables(): readonly KeyTables[] {
    return this.#indexes.map(({ tables }) => tables);
  }

  #metForms(value: number): Forms {
    const kept = this.#met.get(value);
    if (kept !== undefined) return kept;
    if (this.#met.size >= MAX_KEPT) this.#met.clear();
    const forms = this.#formsOf([value]);
    this.#met.set(value, forms);
    return forms;
  }

  #formsOf(values: readonly number[]): Forms {
    const forms = values.flatMap((value) => {
      const secret = this.#values[value];
      return secret === undefined ? [] : writtenForms(secret).map((form) => ({ value, form }));
    });
    return { literals: new LiteralSet(forms.map(({ form }) => form.bytes)), forms };
  }
}

function findIn({ literals, forms }: Forms, bytes: Uint8Array, report: ReportValue): void {
  literals.findAll(bytes, (pattern, from) => {
    const found = forms[pattern];
    if (found !== undefined) report(found.value, found.form, from);
  });
}

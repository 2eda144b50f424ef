import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import type { Bed, Planting, Surrounded } from './bed.js';
import type { NewCommit } from './import-stream.js';
import { ESCAPING_WRITERS, PLAIN_WRITERS, type WrittenValue } from './written-values.js';

/** Puts one value into the history and says what must be found. `id` makes names of its own. */
export type Planter = (bed: Bed, id: string) => Planting;

export interface Written extends WrittenValue {
  readonly value: string;
}

const SIMPLE = ['api-video', 'vidbeo', 'cognitive3d-legacy'] as const;

/** A key of any vendor, in any written form. */
export function anyForm({ draw }: Bed, id: string): Written {
  const odd = draw.below(5) === 0;
  const value = odd ? `${fakeKey('vidbeo', id).slice(0, 24)}"<&>'~?~` : fakeKey(draw.from(SIMPLE), id);
  return { value, ...draw.from(odd ? ESCAPING_WRITERS : PLAIN_WRITERS)(value) };
}

export const plainForm = ({ draw }: Bed, id: string): Written => {
  const value = fakeKey(draw.from(SIMPLE), id);
  return { value, encoding: 'plain', bytes: Buffer.from(value), begins: 0 };
};

/** A commit on HEAD's branch. */
export function onHead(bed: Bed, commit: Omit<NewCommit, 'ref' | 'from'>): string {
  const mark = bed.stream.commit({ ...commit, ref: bed.head.ref, from: [bed.head.tip] });
  bed.head.tip = mark;
  return mark;
}

export const onBranch = (bed: Bed, id: string, commit: Omit<NewCommit, 'ref' | 'from'>): string =>
  bed.stream.commit({ ...commit, ref: `refs/heads/planted-${id}`, from: [bed.draw.from(bed.commits)] });

export const folder = ({ draw }: Bed): string => draw.from(['', 'src/', 'a b/ü/', 'deep/er/and/deeper/']);

export const place = ({ line, column }: Surrounded, encoding: string) =>
  ({ kind: 'file', line, column, encoding }) as const;

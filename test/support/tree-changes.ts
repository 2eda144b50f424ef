import { fakeKey } from '../../src/sandbox/fake-keys.js';

export const KEY = fakeKey('api-video', 'in a name');
export const UNKNOWN = fakeKey('cognitive3d', 'in a name');
/** So short that it fits into an id behind a mode. */
export const SHORT = fakeKey('api-video', 'short').slice(0, 13);

export const SOUGHT = [KEY, UNKNOWN, SHORT];

export interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

export const bytesOf = (entries: readonly Entry[]): Buffer =>
  Buffer.concat(
    entries.map(({ mode, name, id }) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
    ),
  );

type Change = (entries: Entry[], next: (below: number) => number, id: () => string) => void;

const changeId: Change = (entries, next, id) => {
  // Nearly all near to the beginning, so that many meet.
  const at = next(next(3) === 0 ? entries.length : Math.min(entries.length, 40));
  const old = entries[at];
  if (old !== undefined) entries[at] = { ...old, id: id() };
};

/** As long as before: nothing moves, and entries begin elsewhere. */
export const shiftNames: Change = (entries, next) => {
  const at = next(Math.min(entries.length, 40) - 1);
  const [one, two] = [entries[at], entries[at + 1]];
  if (one === undefined || two === undefined) return;
  const moved = next(two.name.length);
  entries.splice(
    at,
    2,
    { ...one, name: one.name + 'x'.repeat(moved) },
    { ...two, name: two.name.slice(moved) },
  );
};

const often = (change: Change): readonly Change[] => Array.from({ length: 8 }, () => change);

export const CHANGES: readonly Change[] = [
  ...often(changeId),
  ...often(shiftNames),
  (entries, next, id) =>
    entries.splice(next(entries.length), 0, { mode: '100644', name: `new ${next(1e6)}`, id: id() }),
  (entries, next) => entries.splice(next(entries.length), 1),
  (entries, next) => entries.splice(next(entries.length), 1 + next(9)),
  (entries) => entries.pop(),
  (entries) => entries.shift(),
  // Names that differ in the middle alone.
  (entries, _next, id) =>
    entries.push({ mode: '100644', name: `same head ${'x'.repeat(13)} and then a tails`, id: id() }),
  (entries, _next, id) =>
    entries.push({ mode: '100644', name: `same head ${SHORT} and then a tails`, id: id() }),
  (entries, next) => {
    const at = next(entries.length);
    const old = entries[at];
    if (old !== undefined) entries[at] = { ...old, mode: old.mode === '100644' ? '100755' : '100644' };
  },
  (entries, next, id) => entries.push({ mode: '160000', name: `module ${next(1e6)}`, id: id() }),
  (entries, next, id) => entries.push({ mode: '100644', name: 'long '.repeat(20 + next(80)), id: id() }),
  (entries, next, id) =>
    entries.splice(next(entries.length), 0, { mode: '100644', name: `ünï ${next(99)}`, id: id() }),
  (entries, _next, id) => entries.push({ mode: '100644', name: KEY, id: id() }),
  (entries, next, id) =>
    entries.splice(next(entries.length), 0, { mode: '40000', name: `of ${UNKNOWN} old`, id: id() }),
  (entries) => {
    const at = entries.findLastIndex(({ name }) => SOUGHT.some((text) => name.includes(text)));
    if (at >= 0) entries.splice(at, 1);
  },
  // The text of a name in one version is cut by the next one.
  (entries) => {
    const at = entries.findLastIndex(({ name }) => name.includes(KEY));
    const old = entries[at];
    if (old !== undefined)
      entries[at] = { ...old, name: old.name.replace(KEY, `${KEY.slice(0, 20)} ${KEY.slice(20)}`) };
  },
  (entries) => {
    const cut = `${KEY.slice(0, 20)} ${KEY.slice(20)}`;
    const at = entries.findLastIndex(({ name }) => name.includes(cut));
    const old = entries[at];
    if (old !== undefined) entries[at] = { ...old, name: old.name.replace(cut, KEY) };
  },
];

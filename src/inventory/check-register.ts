import type { Check } from '../core/check.js';
import type { Inventory } from '../core/inventory.js';
import { keyRefText } from '../core/key.js';
import type { Register } from './register.js';
import { wholeSources } from './whole-sources.js';

/** Entries that are named one by one. */
const MAX_NAMED = 10;

/** Entries of the key register that belong to no key: a typo, or a key that is gone. */
export function checkRegister(
  inventory: Inventory,
  register: Register,
  configured: ReadonlySet<string>,
): readonly Check[] {
  const about = register.file;
  const listed = new Set(inventory.keys.map(keyRefText));
  const whole = wholeSources(inventory);
  const refs = [...register.entries].map(([ref, { at }]) => {
    const source = ref.slice(0, ref.indexOf('/'));
    return { ref, source, line: at === undefined ? '' : `line ${at.line}: ` };
  });
  const strange = refs.filter(({ source }) => !configured.has(source));
  // Of a source that was not read completely nobody can say that it lacks a key.
  const gone = refs.filter(({ ref, source }) => whole.has(source) && !listed.has(ref));
  const checks = [...strangeSources(strange, about), ...goneKeys(gone, about)];
  if (checks.length > 0) return checks;
  return [{ level: 'ok', about, found: `${refs.length} entries, none of them astray` }];
}

interface EntryRef {
  readonly ref: string;
  readonly source: string;
  readonly line: string;
}

/** One check a source, however many entries it has. */
function strangeSources(entries: readonly EntryRef[], about: string): readonly Check[] {
  return [...new Set(entries.map(({ source }) => source))].map((source) => {
    const own = entries.filter((entry) => entry.source === source);
    const count = own.length === 1 ? '1 entry is' : `${own.length} entries are`;
    const found = `${own[0]?.line ?? ''}${count} of a source that is not configured: ${source}`;
    return { level: 'warn', about, found, next: 'correct the source, or take them out' };
  });
}

function goneKeys(entries: readonly EntryRef[], about: string): readonly Check[] {
  const next = 'correct the id; of a key that was deleted, take the entry out';
  const named = entries
    .slice(0, MAX_NAMED)
    .map(({ ref, line }): Check => ({ level: 'warn', about, found: `${line}no source lists ${ref}`, next }));
  const left = entries.length - MAX_NAMED;
  if (left <= 0) return named;
  return [...named, { level: 'warn', about, found: `${left} more that no source lists`, next }];
}

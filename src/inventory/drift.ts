import { readAllowlist } from '../addresses/allowlist.js';
import { wideningOf } from '../addresses/widening.js';
import { compareText } from '../core/compare-text.js';
import type { Drift, DriftedKey, KeyChange } from '../core/drift.js';
import { type Fact, isKnown } from '../core/fact.js';
import type { Inventory } from '../core/inventory.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import { wholeSources } from './whole-sources.js';

/** Entries of a list that are named; the rest are counted. */
const MAX_ENTRIES = 20;

/**
 * What changed between two inventories. Only sources that were read whole both times are compared: of any other nobody can
 * say that a key is new or gone. A fact that is not known on one side has not changed.
 * @returns undefined when no source can be compared
 */
export function driftBetween(before: Inventory, now: Inventory): Drift | undefined {
  const [earlier, later] = [wholeSources(before), wholeSources(now)];
  const compared = [...earlier].filter(([source]) => later.has(source)).toSorted(byText);
  const [since] = compared.map(([, readAt]) => readAt).toSorted(compareText);
  if (since === undefined) return undefined;
  const sources = compared.map(([source]) => source);
  const [old, current] = [keysOf(before, sources), keysOf(now, sources)];
  return {
    since,
    sources,
    appeared: onlyIn(current, old),
    gone: onlyIn(old, current),
    changed: [...current].flatMap(([ref, key]) => changesOf(old.get(ref), key)),
  };
}

const byText = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  compareText(left, right);

type Keys = ReadonlyMap<string, KeyRecord>;

/** By reference, in the order of source and id. */
function keysOf({ keys }: Inventory, sources: readonly string[]): Keys {
  const wanted = new Set(sources);
  const own = keys.filter(({ source }) => wanted.has(source));
  const sorted = own.toSorted(
    (left, right) => compareText(left.source, right.source) || compareText(left.id, right.id),
  );
  return new Map(sorted.map((key) => [keyRefText(key), key]));
}

const onlyIn = (keys: Keys, others: Keys): readonly DriftedKey[] =>
  [...keys].filter(([ref]) => !others.has(ref)).map(([, key]) => described(key));

function described({ source, id, vendor, name, project }: KeyRecord): DriftedKey {
  return {
    source,
    id,
    vendor,
    ...(isKnown(name) ? { name: name.value } : {}),
    ...(isKnown(project) ? { project: project.value.name } : {}),
  };
}

function changesOf(old: KeyRecord | undefined, now: KeyRecord): Drift['changed'] {
  if (old === undefined) return [];
  const changes = [
    ...accessChange(old, now),
    ...networkChange(old.allowlist, now.allowlist),
    ...renaming(old.name, now.name),
    ...ownerChange(old, now),
  ];
  return changes.length === 0 ? [] : [{ ...described(now), changes }];
}

function accessChange({ access: before }: KeyRecord, { access: now }: KeyRecord): readonly KeyChange[] {
  const isWider = isKnown(before) && isKnown(now) && before.value === 'read' && now.value === 'write';
  return isWider ? [{ kind: 'access-widened', before: 'read', after: 'write' }] : [];
}

function networkChange(before: Fact<readonly string[]>, now: Fact<readonly string[]>): readonly KeyChange[] {
  if (!isKnown(before) || !isKnown(now)) return [];
  const widening = wideningOf(readAllowlist(before.value), readAllowlist(now.value));
  // What cannot be read is told by the rule network-widened, as a judgement that is not known.
  if (widening.kind === 'none' || widening.kind === 'unreadable') return [];
  const count = before.value.length;
  const after = widening.kind === 'wider' ? listed(widening.entries) : 'any address';
  return [{ kind: 'network-widened', before: count === 1 ? '1 entry' : `${count} entries`, after }];
}

function listed(entries: readonly string[]): string {
  const shown = entries.slice(0, MAX_ENTRIES).join(', ');
  return entries.length > MAX_ENTRIES ? `${shown} and ${entries.length - MAX_ENTRIES} more` : shown;
}

function renaming(before: Fact<string>, now: Fact<string>): readonly KeyChange[] {
  if (!isKnown(before) || !isKnown(now) || before.value === now.value) return [];
  return [{ kind: 'renamed', before: before.value, after: now.value }];
}

function ownerChange(old: KeyRecord, now: KeyRecord): readonly KeyChange[] {
  const [before, after] = [old.declared?.owner ?? '', now.declared?.owner ?? ''];
  return before === after ? [] : [{ kind: 'owner-changed', before, after }];
}

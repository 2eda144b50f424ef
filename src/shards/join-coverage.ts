import type { Coverage } from '../core/coverage.js';

/**
 * What any shard says, once. All shards read the lists of repositories; where they tell the same it is one entry, and where
 * they do not, people see both. An entry that one shard has twice stays twice.
 */
export function joinCoverage(lists: readonly (readonly Coverage[])[]): readonly Coverage[] {
  const joined = new Map<string, Coverage[]>();
  for (const list of lists) {
    for (const [text, entries] of byText(list)) {
      if ((joined.get(text)?.length ?? 0) < entries.length) joined.set(text, entries);
    }
  }
  return [...joined.values()].flat();
}

function byText(list: readonly Coverage[]): ReadonlyMap<string, Coverage[]> {
  const groups = new Map<string, Coverage[]>();
  for (const entry of list) {
    const text = JSON.stringify(entry);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [entry]);
    else group.push(entry);
  }
  return groups;
}

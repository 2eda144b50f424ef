import { type Document, isScalar, type Scalar, visit, type YAMLMap } from 'yaml';

/** The offsets of names that stand twice in one map. The reader's own search compares each name with all others. */
export function repeatedNames(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Map(_key, map) {
      offsets.push(...repeatedIn(map));
    },
  });
  return offsets;
}

function repeatedIn(map: YAMLMap): number[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    // A list or a map as a name fits no schema of ours.
    if (!isScalar(key)) return [];
    const isNew = !seen.has(key.value);
    seen.add(key.value);
    return isNew ? [] : [startOf(key)];
  });
}

const startOf = ({ range }: Scalar): number => range?.[0] ?? 0;

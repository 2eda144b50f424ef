import type { Coverage } from '../core/coverage.js';

/**
 * What people are told of the texts around repositories: one entry for each owner and kind, over the repositories that could
 * be read, and by themselves each list that could not be read, and those of an owner.
 * @param lists one entry for each repository or owner, and kind
 */
export function summarizeTexts(lists: readonly Coverage[]): readonly Coverage[] {
  const groups = new Map<string, Coverage[]>();
  for (const list of lists.filter(isSummedUp)) {
    const group = `${ownerOf(list)} ${list.part}`;
    groups.set(group, [...(groups.get(group) ?? []), list]);
  }
  return [...[...groups.values()].map(summary), ...lists.filter((list) => !isSummedUp(list))];
}

const isSummedUp = ({ status, source }: Coverage): boolean => status === 'complete' && source.includes('/');

const ownerOf = ({ source }: Coverage): string => source.split('/', 1).join('');

function summary(group: readonly Coverage[]): Coverage {
  const [owner, kind] = [group.map(ownerOf)[0] ?? '', group[0]?.part ?? ''];
  return {
    source: owner,
    kind: 'repository',
    part: `${kind} of ${group.length} ${group.length === 1 ? 'repository' : 'repositories'}`,
    status: 'complete',
    expected: undefined,
    seen: group.reduce((sum, { seen }) => sum + seen, 0),
    ...(group[0]?.reason === undefined ? {} : { reason: group[0].reason }),
  };
}

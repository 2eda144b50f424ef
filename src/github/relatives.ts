import type { Activities } from './ask-activity.js';
import type { RemoteRepository } from './remote-repository.js';

type Listed = Pick<RemoteRepository, 'name' | 'kind' | 'fork'>;

/** More of them are as good as none: one that was scanned is enough. Our judgement. */
const MAX_RELATIVES = 8;

/**
 * Which of the repositories were forked from each other, by name. GitHub tells what each fork was made from; where it does not,
 * one of the same name is taken for it. A wrong guess costs a look at what was kept, and nothing else.
 */
export function relativesOf(
  repositories: readonly Listed[],
  activities: Activities,
): ReadonlyMap<string, readonly string[]> {
  const own = repositories.filter(({ kind }) => kind === 'repository');
  const names = new Map(own.map(({ name }) => [name.toLowerCase(), name]));
  const networks = new Map<string, string[]>();
  const networkOf = new Map<string, string>();
  // What was not forked first: it is what the others are made from.
  for (const repository of own.toSorted((a, b) => Number(a.fork === true) - Number(b.fork === true))) {
    const source = sourceOf(repository, { own, names, activities });
    const network = (source && networkOf.get(source)) ?? source ?? repository.name;
    networkOf.set(repository.name, network);
    networks.set(network, [...(networks.get(network) ?? []), repository.name]);
  }
  return new Map(
    own.map(({ name }) => {
      const others = (networks.get(networkOf.get(name) ?? name) ?? []).filter((other) => other !== name);
      return [name, others.slice(0, MAX_RELATIVES)];
    }),
  );
}

interface Known {
  readonly own: readonly Listed[];
  /** By the name in lower case. */
  readonly names: ReadonlyMap<string, string>;
  readonly activities: Activities;
}

/** What a fork was made from, as it is called in the list; undefined where it is not in it. */
function sourceOf({ name, fork }: Listed, { own, names, activities }: Known): string | undefined {
  if (fork !== true) return undefined;
  const parent = activities.get(name)?.parent;
  if (parent !== undefined) return names.get(parent.toLowerCase());
  const called = name.slice(name.indexOf('/')).toLowerCase();
  return own.find((other) => other.fork !== true && other.name.toLowerCase().endsWith(called))?.name;
}

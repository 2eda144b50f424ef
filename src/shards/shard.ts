/** One of several machines that share an audit's repositories. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** More would be more machines than any engine starts for one job. */
export const MAX_SHARDS = 1_000;

/** Reads `I/N`, as `--shard` takes it; undefined for anything else. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  if (match === null) return undefined;
  const [index, count] = [Number(match[1]), Number(match[2])];
  return index >= 1 && index <= count && count <= MAX_SHARDS ? { index, count } : undefined;
}

export const shardText = ({ index, count }: Shard): string => `shard ${index} of ${count}`;

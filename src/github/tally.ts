/** What was asked of one GitHub in a run. */
export interface Tally {
  requests: number;
  /** Of the requests, those that were answered by "the same as before": they do not count against the limit. */
  unchanged: number;
  /** Of GraphQL. */
  questions: number;
  /** What GitHub counted for the questions, where it told. */
  points: number;
  bytes: number;
  /** Lists of texts that were not asked for, because GitHub told of no newer change. */
  sealed: number;
}

export const emptyTally = (): Tally => ({
  requests: 0,
  unchanged: 0,
  questions: 0,
  points: 0,
  bytes: 0,
  sealed: 0,
});

/** In words, for people who watch a run. */
export function tallyText({ requests, unchanged, questions, points, bytes, sealed }: Tally): string {
  const same = unchanged === 0 ? '' : ` (${unchanged} of them the same as before, and free)`;
  const asked = questions === 0 ? '' : `, ${questions} questions in GraphQL (${points} points)`;
  const left = sealed === 0 ? '' : `; ${sealed} lists taken as they were read before`;
  return `${requests} requests${same}${asked}, ${(bytes / 1_000_000).toFixed(1)} MB${left}`;
}

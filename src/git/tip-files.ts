import type { RunContext } from '../core/run-context.js';
import { type StreamEnd, splitRecords, streamGit } from './stream-git.js';

export interface TipFilesRequest {
  readonly gitDir: string;
  /** Ids of commits, tags or trees. */
  readonly tips: readonly string[];
  /** Slash-separated, from the root. */
  readonly paths: readonly string[];
}

export interface TipFile {
  readonly tip: string;
  readonly path: string;
  readonly blob: string;
}

/** Some seconds of git's time and 20 MB of questions. Our judgement. */
const MAX_QUESTIONS = 100_000;
const ID = /^[0-9a-f]{40,64}$/;

/** Tells what stands at each of the paths in the tree of each of the tips: one pass, in which only the trees on the way are read. */
export async function findTipFiles(
  { gitDir, tips, paths }: TipFilesRequest,
  report: (file: TipFile) => void,
  ctx: Pick<RunContext, 'signal'>,
): Promise<StreamEnd> {
  if (tips.length * paths.length > MAX_QUESTIONS) return { problem: 'there are too many refs to ask' };
  const questions = tips.flatMap((tip) => paths.map((path) => ({ tip, path })));
  let asked = 0;
  // One line an answer: the id, or that there is none.
  const take = splitRecords(10, (record) => {
    const question = questions[asked];
    asked += 1;
    const blob = record.toString('latin1');
    if (question !== undefined && ID.test(blob)) report({ ...question, blob });
  });
  const input = questions.map(({ tip, path }) => `${tip}:${path}\n`).join('');
  const args = ['cat-file', '--batch-check=%(objectname)', '--buffer'];
  const { problem } = await streamGit({ gitDir, args, input: Buffer.from(input) }, take, ctx);
  return { problem: problem ?? (asked === questions.length ? undefined : 'git left questions unanswered') };
}

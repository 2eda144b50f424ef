import type { MemoryPlan } from '../pack/memory-plan.js';

/** What `../pack/walker/loose.ts` exports, beside what packs are read by. */
export interface LooseWalker {
  attach(planAt: number, threadAt: number): void;
  mayHold(at: number, length: number): number;
  /** The type of the object in the file of so many bytes; 0 where it is not to be understood. */
  openLoose(fileBytes: number, maxBytes: number): number;
  /** Flags: see `LOOKED`. */
  lookLoose(type: number): number;
  looseAt(): number;
  looseLength(): number;
}

/** What stands in an object by the filter: the first two exclude each other. */
export const LOOKED = { perhaps: 1, surely: 2, archive: 4 } as const;

interface WalkerRequest {
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  /** Which of the plan's threads this is. */
  readonly thread: number;
}

/** One thread's reader over a planned memory. The object's file goes where the plan has room for a delta. */
export function createLooseWalker({ module, plan, thread }: WalkerRequest): LooseWalker {
  const { memory, planAt, threadsAt } = plan;
  const abort = () => {
    throw new WebAssembly.RuntimeError('the reader of loose objects gave up');
  };
  const env = { memory, abort, judge: abort, judgeArchive: abort };
  const { exports } = new WebAssembly.Instance(module, { env });
  const walker = exports as unknown as LooseWalker; // the module's own interface, kept beside it
  walker.attach(planAt, threadsAt[thread] ?? 0);
  return walker;
}

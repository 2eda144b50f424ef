import { readFileSync } from 'node:fs';
import type { MemoryPlan } from './memory-plan.js';

/** What `walker/walk.ts` exports. */
export interface Walker {
  attach(planAt: number, threadAt: number): void;
  sortIndex(): number;
  link(from: number, to: number): void;
  step(batch: number): number;
  mayHold(at: number, length: number): number;
}

/**
 * Whether some bytes, the whole of a version or a part, hold anything that is looked for besides the filter's patterns.
 * They are lent, and other threads may see them too.
 */
export type Judge = (bytes: Uint8Array, isWhole: boolean) => boolean;

/** Made by `npm run build`; as many steps away from `src` as from `dist`. */
export const WALKER_FILE = new URL('../../../dist/git/pack/walk.wasm', import.meta.url);

/** The pack reader's module, which threads share; undefined when it was not built, and git reads the objects instead. */
export function loadWalkerModule(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(readFileSync(WALKER_FILE));
  } catch {
    return undefined;
  }
}

interface WalkerRequest {
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  /** Which of the plan's threads this is. */
  readonly thread: number;
}

/** One thread's pack reader over a planned memory. */
export function createWalker({ module, plan, thread }: WalkerRequest, judge: Judge): Walker {
  const { memory, planAt, threadsAt } = plan;
  const abort = () => {
    throw new WebAssembly.RuntimeError('the pack reader gave up');
  };
  const judgeAt = (at: number, length: number, isWhole: number): number =>
    judge(new Uint8Array(memory.buffer, at, length), isWhole !== 0) ? 1 : 0;
  const { exports } = new WebAssembly.Instance(module, { env: { memory, judge: judgeAt, abort } });
  const walker = exports as unknown as Walker; // the module's own interface, kept beside it
  walker.attach(planAt, threadsAt[thread] ?? 0);
  return walker;
}

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

/** What stands in some bytes by the filter: perhaps one of the values, or else what draws attention to its surroundings. */
export type Look = (bytes: Uint8Array) => 'value' | 'keyword' | undefined;

/**
 * Whether some bytes, the whole of a version or a part, hold anything that is looked for besides the filter's patterns.
 * They are lent, and other threads may see them too.
 */
export interface Judge {
  (bytes: Uint8Array, isWhole: boolean): boolean;
  /** Whether what may be an archive needs a closer look, because of what is packed in it, the filter's patterns too. Absent: each one does. */
  readonly archives?: JudgeArchives;
}

export interface JudgeArchives {
  (bytes: Uint8Array, look: Look): boolean;
  /** How many bytes were unpacked since this was asked last. */
  takeUnpacked(): number;
  /** If as many are unpacked in one pack, every archive needs a closer look, whichever was opened first. */
  readonly maxUnpacked: number;
}

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

/** What `mayHold` answers. */
const FOUND = [undefined, 'value', 'keyword'] as const;
/** The room for a delta is larger. */
const MAX_LOOKED_AT = 32 * 1024 * 1024;

/** One thread's pack reader over a planned memory. */
export function createWalker({ module, plan, thread }: WalkerRequest, judge: Judge): Walker {
  const { memory, planAt, threadsAt, deltasAt } = plan;
  const abort = () => {
    throw new WebAssembly.RuntimeError('the pack reader gave up');
  };
  const judgeAt = (at: number, length: number, isWhole: number): number =>
    judge(new Uint8Array(memory.buffer, at, length), isWhole !== 0) ? 1 : 0;
  const deltaAt = deltasAt[thread] ?? 0;
  const look: Look = (bytes) => {
    if (bytes.length > MAX_LOOKED_AT) return 'value';
    // No delta is needed any more when the program is asked.
    new Uint8Array(memory.buffer, deltaAt, bytes.length).set(bytes);
    return FOUND[walker.mayHold(deltaAt, bytes.length)];
  };
  const judgeArchive = (at: number, length: number): number =>
    judge.archives?.(new Uint8Array(memory.buffer, at, length), look) === false ? 0 : 1;
  const env = { memory, judge: judgeAt, judgeArchive, abort };
  const { exports } = new WebAssembly.Instance(module, { env });
  const walker = exports as unknown as Walker; // the module's own interface, kept beside it
  walker.attach(planAt, threadsAt[thread] ?? 0);
  return walker;
}

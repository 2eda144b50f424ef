import { readFileSync } from 'node:fs';
import type { MemoryPlan } from './memory-plan.js';

/** What `walker/walk.ts` exports. */
export interface Walker {
  attach(planAt: number): void;
  sortIndex(): number;
  link(): number;
  step(batch: number): number;
  stat(which: number): number;
}

/** Shows a version; see `show` in walker/walk.ts. */
export type ShowVersion = (
  ...args: [object: number, type: number, data: number, length: number, from: number, to: number]
) => number;

/** Made by `npm run build`; as many steps away from `src` as from `dist`. */
export const WALKER_FILE = new URL('../../../dist/git/pack/walk.wasm', import.meta.url);

let compiled: WebAssembly.Module | null | undefined;

/** The pack reader over a planned memory; undefined when it was not built, and git reads the objects instead. */
export function createWalker({ memory, planAt }: MemoryPlan, show: ShowVersion): Walker | undefined {
  if (compiled === undefined) compiled = compileModule();
  if (compiled === null) return undefined;
  const abort = () => {
    throw new WebAssembly.RuntimeError('the pack reader gave up');
  };
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, show, abort } });
  const walker = exports as unknown as Walker; // the module's own interface, kept beside it
  walker.attach(planAt);
  return walker;
}

function compileModule(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(readFileSync(WALKER_FILE));
  } catch {
    return null;
  }
}

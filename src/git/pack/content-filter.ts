import { planMemory } from './memory-plan.js';
import type { PackFilter } from './pack-filter.js';
import { createWalker, loadWalkerModule } from './walker-module.js';

/** Whether some bytes may hold anything that the filter lets through. */
export type ContentFilter = (bytes: Uint8Array) => boolean;

const NO_INDEX = new Uint8Array(0);

/**
 * The pack reader's filter for contents that come from elsewhere.
 * @param maxBytes longer contents are let through
 * @returns undefined when it was not built, or memory is short
 */
export function createContentFilter(filter: PackFilter, maxBytes: number): ContentFilter | undefined {
  const module = loadWalkerModule();
  if (module === undefined) return undefined;
  // The room for a pack takes the contents, one after another.
  const plan = planMemory({ packBytes: maxBytes, index: NO_INDEX, count: 0, filter, threads: 1 });
  if (plan === undefined) return undefined;
  const room = new Uint8Array(plan.memory.buffer, plan.packAt, maxBytes);
  const walker = createWalker({ module, plan, thread: 0 }, () => true);
  return (bytes) => {
    if (bytes.length > maxBytes) return true;
    room.set(bytes);
    return walker.mayHold(plan.packAt, bytes.length) !== 0;
  };
}

import type { HoldingRefs } from '../core/leak.js';
import type { Ref } from '../git/refs.js';
import { compareText } from './hit.js';

/** Enough to find the others by; a release may be in hundreds of them. Our judgement. */
const MAX_NAMES = 5;
const FIRST = ['refs/heads/', 'refs/tags/'];

/** The refs that point at one of these tips. */
export function holdingRefs(tips: ReadonlySet<string>, refs: readonly Ref[]): HoldingRefs {
  const names = refs.filter(({ id }) => tips.has(id)).map(({ name }) => name);
  const ordered = names.sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  return { names: ordered.slice(0, MAX_NAMES), count: ordered.length };
}

function rank(name: string): number {
  const at = FIRST.findIndex((prefix) => name.startsWith(prefix));
  return at < 0 ? FIRST.length : at;
}

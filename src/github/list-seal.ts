import { createHash } from 'node:crypto';
import { DAY_MS, type Instant, instantFromMs, instantToMs } from '../core/instant.js';
import type { KeptAnswers, KeptPage } from './kept-answers.js';

/** A whole list of texts, and what GitHub's newest changes say of it. */
export interface SealedList {
  /** Of the repository. */
  readonly name: string;
  readonly part: string;
  /** See `Activity`. */
  readonly sign: string;
  /** For what it is looked through, as a digest. */
  readonly under: string;
  /** After so many days, or up to a quarter less, a list is asked for again whatever its sign says. */
  readonly recheckDays: number;
}

interface Kept {
  readonly kept: KeptAnswers;
  readonly nowMs: number;
}

/** No address of GitHub's. */
const keyOf = ({ name, part }: SealedList): string => `${name}#${part}`;
const tagOf = ({ sign }: SealedList): string => `"${sign}"`;

/**
 * What an earlier run kept of a list that it read whole, in which it found nothing, and of which GitHub's newest changes say now
 * what they said then; undefined where that is not so, or too long ago.
 */
export function recallSeal(
  list: SealedList,
  { kept, nowMs }: Kept,
): (KeptPage & { readonly readAt: Instant }) | undefined {
  const page = kept.recall(keyOf(list), list.under);
  if (page?.readAt === undefined || page.etag !== tagOf(list)) return undefined;
  const ageMs = nowMs - instantToMs(page.readAt);
  return ageMs >= 0 && ageMs < lifeMs(list) ? { ...page, readAt: page.readAt } : undefined;
}

/** Says that the list was read whole, after its sign was, and that nothing was found in it. */
export function keepSeal(
  list: SealedList,
  found: Pick<KeptPage, 'seen' | 'isNone'>,
  { kept, nowMs }: Kept,
): void {
  const readAt = instantFromMs(nowMs);
  if (readAt === undefined || list.recheckDays === 0) return;
  kept.keep(keyOf(list), { ...found, etag: tagOf(list), next: null, under: list.under, readAt });
}

/** Not the same for all of them, so that not all are asked for again in the same run. */
function lifeMs({ name, recheckDays }: SealedList): number {
  const share = createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
  return recheckDays * DAY_MS * (0.75 + share / 4);
}

import { compareText } from '../../core/compare-text.js';
import { type Gap, LIMITS } from './entry.js';
import { UNOPENED_KINDS, type UnopenedKind } from './unopened.js';

/** How many archives a reason names. */
const NAMED = 3;

const IN_WORDS = {
  encrypted: 'encrypted',
  damaged: 'damaged',
  'unknown method': 'packed by an unknown method',
  ...unopenedInWords(),
  'beyond the limits': `beyond the limits (${LIMITS.archiveBytes >>> 20} MiB an archive, ${LIMITS.totalBytes >>> 20} MiB unpacked, ${LIMITS.ratio} times its size, ${LIMITS.depth} deep)`,
} satisfies Record<Gap, string>;

/** `xz` says it all, and by its kind people know whether it matters. */
function unopenedInWords(): Record<UnopenedKind, string> {
  const words = UNOPENED_KINDS.map((kind) => [kind, `${kind}, which is not opened`]);
  return Object.fromEntries(words) as Record<UnopenedKind, string>; // of all kinds
}

export type GapCounts = readonly (readonly [gap: Gap, count: number])[];

/** Counts what was not looked at in archives, so that the coverage can tell. */
export class ArchiveGaps {
  readonly #counts = new Map<Gap, number>();
  readonly #archives = new Set<string>();

  /** @param archive the outermost one, as people may be shown it. */
  add(gap: Gap, archive: string, count = 1): void {
    this.#counts.set(gap, (this.#counts.get(gap) ?? 0) + count);
    this.#archives.add(archive);
    if (this.#archives.size > NAMED + 1) this.#archives.delete(this.#named().at(-1) ?? '');
  }

  /** What was counted since `before`. */
  since(before: GapCounts): GapCounts {
    return [...this.#counts]
      .map(([gap, count]) => [gap, count - (before.find(([other]) => other === gap)?.[1] ?? 0)] as const)
      .filter(([, count]) => count > 0);
  }

  /** Whether something was left out that could have been looked at. What is encrypted or damaged is nobody's to read, and what is of a kind that is not opened would be so in every run: the reason tells. */
  get isPartial(): boolean {
    return this.#counts.has('beyond the limits');
  }

  /** In an order that does not depend on what was read first. */
  #named(): readonly string[] {
    return [...this.#archives].sort(compareText);
  }

  /** One sentence, or none. */
  reasons(): readonly string[] {
    if (this.#counts.size === 0) return [];
    const kinds = (Object.keys(IN_WORDS) as Gap[]) // keys of a constant object
      .flatMap((gap) => {
        const count = this.#counts.get(gap);
        return count === undefined ? [] : [`${count} ${IN_WORDS[gap]}`];
      });
    const names = this.#named();
    const more = names.length > NAMED ? ', …' : '';
    return [
      `in archives not everything was read: ${kinds.join(', ')} (${names.slice(0, NAMED).join(', ')}${more})`,
    ];
  }
}

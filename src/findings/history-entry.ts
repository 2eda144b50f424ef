import { z } from 'zod';
import type { HistoryEntry } from '../core/history.js';
import { parseInstant } from '../core/instant.js';

const amount = z.number().int().min(0);
const ids = z.array(z.string().regex(/^[0-9a-f]{32}$/));

const ENTRY = z.object({
  asOf: z.string().transform((text, ctx) => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    ctx.addIssue('not an instant');
    return z.NEVER;
  }),
  complete: z.boolean(),
  active: z.object({ critical: amount, high: amount, medium: amount, low: amount, info: amount }),
  suppressed: amount,
  unknown: amount,
  keys: amount,
  leaks: amount,
  opened: ids,
  closed: ids,
});

/** One line of `history.jsonl`; undefined when it is not one. */
export function parseHistoryEntry(line: string): HistoryEntry | undefined {
  try {
    return ENTRY.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

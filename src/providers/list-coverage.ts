import type { Coverage } from '../core/coverage.js';
import type { AuditError } from '../core/errors/audit-error.js';
import type { Listing } from '../http/paginate.js';

interface Part {
  readonly source: string;
  readonly part: string;
}

/** An error in one line for people: what happened, and what to do. */
export const reasonOf = (error: AuditError): string =>
  error.hint === undefined ? error.message : `${error.message}. ${error.hint}`;

export const failedPart = (part: Part, error: AuditError): Coverage => ({
  ...part,
  kind: 'vendor',
  status: 'failed',
  expected: undefined,
  seen: 0,
  reason: reasonOf(error),
});

/** @param reasons why the part is not complete; none = it is */
export function vendorPart(
  part: Part,
  { seen, expected, reasons }: { seen: number; expected: number | undefined; reasons: readonly string[] },
): Coverage {
  const base = { ...part, kind: 'vendor', expected, seen } as const;
  return reasons.length === 0
    ? { ...base, status: 'complete' }
    : { ...base, status: 'partial', reason: reasons.join('; ') };
}

/** What a list's reading says about its completeness, apart from its records' fields. */
export function listReasons(listing: Listing<unknown>): readonly string[] {
  const { items, total, totalChanged, repeated, failure } = listing;
  const reasons = failure === undefined ? [] : [reasonOf(failure)];
  if (totalChanged) reasons.push('the list changed while it was read (its total did)');
  if (total !== undefined && total !== items.length && failure === undefined) {
    reasons.push(`the vendor counts ${total}, and ${items.length} were listed`);
  }
  if (repeated > 0) reasons.push(`${repeated} listed twice under the same id`);
  return reasons;
}

/** Coverage of a list: failed when nothing came, partial when something is doubtful. */
export function listCoverage(
  part: Part,
  listing: Listing<unknown>,
  fieldProblems: readonly string[],
): Coverage {
  if (listing.failure !== undefined && listing.items.length === 0) return failedPart(part, listing.failure);
  const reasons = [...listReasons(listing), ...fieldProblems];
  return vendorPart(part, { seen: listing.items.length, expected: listing.total, reasons });
}

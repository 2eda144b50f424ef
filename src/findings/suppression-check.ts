import {
  DAY_MS,
  daysBetween,
  type Instant,
  instantFromMs,
  instantToMs,
  parseInstant,
} from '../core/instant.js';
import { SUPPRESSION_REASONS, type Suppression } from '../core/policy.js';

/** Long enough for a migration, short enough that somebody looks again: our judgement. */
export const MAX_SUPPRESSION_DAYS = 180;

const REASONS: readonly string[] = SUPPRESSION_REASONS;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Why a suppression does not count on the day of the audit, in words; undefined when it does.
 * What is malformed counts as expired: a mistake must show findings, not hide them.
 */
export function whyNotInForce(suppression: Suppression, asOf: Instant): string | undefined {
  const created = dateStart(suppression.created);
  const expires = dateStart(suppression.expires);
  if (created === undefined) return 'its `created` is not a date (YYYY-MM-DD)';
  if (expires === undefined) return 'its `expires` is not a date (YYYY-MM-DD)';
  return whyIncomplete(suppression) ?? whyOutsideDates({ created, expires, asOf });
}

function whyIncomplete(suppression: Suppression): string | undefined {
  if (suppression.owner.trim() === '') return 'it has no owner';
  if (suppression.statement.trim() === '') return 'it has no statement';
  if (!REASONS.includes(suppression.reason)) return 'its reason is not one of the allowed ones';
  return undefined;
}

interface Dates {
  readonly created: Instant;
  readonly expires: Instant;
  readonly asOf: Instant;
}

function whyOutsideDates({ created, expires, asOf }: Dates): string | undefined {
  if (expires < created) return 'it expires before it was created';
  if (daysBetween(created, expires) > MAX_SUPPRESSION_DAYS) {
    return `it lasts longer than ${MAX_SUPPRESSION_DAYS} days`;
  }
  // A day of tolerance: whoever wrote the date may live east of UTC.
  if (instantToMs(created) > instantToMs(asOf) + DAY_MS) return 'it begins in the future';
  const end = instantFromMs(instantToMs(expires) + DAY_MS);
  return end === undefined || asOf >= end ? 'it has expired' : undefined;
}

const dateStart = (text: string): Instant | undefined => (DATE.test(text) ? parseInstant(text) : undefined);

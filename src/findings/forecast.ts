import { type Finding, SEVERITIES } from '../core/finding.js';
import type { Coming, ComingBecause, Forecast } from '../core/forecast.js';
import { DAY_MS, type Instant, instantFromMs, instantToMs } from '../core/instant.js';

/** Our judgement: audits run weekly, so that this is what the next one would find. */
const DEFAULT_DAYS = 7;

/** The day to look ahead to: the one that was asked for, else a week after `asOf`. */
export const forecastDay = (asOf: Instant, asked: Instant | undefined): Instant =>
  asked ?? instantFromMs(instantToMs(asOf) + DEFAULT_DAYS * DAY_MS) ?? asOf;

/**
 * What a judgement of the same data by the same rules as of a later day adds: findings that pass today, that weigh more
 * then, and whose suppression has ended by then.
 */
export function forecast(today: readonly Finding[], later: readonly Finding[], until: Instant): Forecast {
  const now = new Map(today.map((finding) => [finding.id, finding]));
  const coming = later
    .filter(({ verdict, status }) => verdict === 'fail' && status !== 'suppressed')
    .flatMap((finding): readonly Coming[] => {
      const because = whyComing(now.get(finding.id), finding);
      return because === undefined ? [] : [{ finding, because }];
    });
  return { until, coming };
}

function whyComing(today: Finding | undefined, later: Finding): ComingBecause | undefined {
  if (today === undefined || today.verdict !== 'fail') return 'fails-then';
  if (today.status === 'suppressed') return 'suppression-ends';
  const heavier = SEVERITIES.indexOf(later.severity) < SEVERITIES.indexOf(today.severity);
  return heavier ? 'weighs-more' : undefined;
}

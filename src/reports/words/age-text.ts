import { daysBetween, type Instant } from '../../core/instant.js';
import { counted } from './number-text.js';

/** How long ago, in the unit that people would use: `12 days`, `5 months`, `3 years`. */
export function ageText(from: Instant, to: Instant): string {
  const days = Math.max(0, daysBetween(from, to));
  if (days < 60) return counted(days, 'day');
  return days < 730 ? counted(Math.floor(days / 30.44), 'month') : counted(Math.floor(days / 365.25), 'year');
}

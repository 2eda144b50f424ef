import type { AuditResult } from '../../core/result.js';
import { forecastSummary, forecastTitle } from '../words/coming-phrase.js';
import type { Screen } from './screen.js';
import { wrap } from './wrap.js';

/** In two lines: what is coming stands in the reports. */
export function forecastLines({ forecast }: AuditResult, { width, paint }: Screen): readonly string[] {
  if (forecast === undefined || forecast.coming.length === 0) return [];
  return [paint('bold', forecastTitle(forecast)), ...wrap(forecastSummary(forecast), width, '  ')];
}

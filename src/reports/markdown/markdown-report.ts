import type { AuditResult } from '../../core/result.js';
import type { Report } from '../rendered-file.js';
import { gapsSection, notesSection, suppressedSection } from './appendix-sections.js';
import type { Block } from './block.js';
import { complianceSection } from './compliance-section.js';
import { countsSection } from './counts-section.js';
import { coverageSection } from './coverage-section.js';
import { driftSection } from './drift-section.js';
import { findingsSection } from './findings-section.js';
import { firstSection } from './first-section.js';
import { forecastSection } from './forecast-section.js';
import { leaksSection } from './leaks-section.js';
import { limited } from './limit.js';
import { unknownSection } from './unknown-section.js';
import { verdictSection } from './verdict-section.js';
import { worstSection } from './worst-section.js';

/** `keyaudit.md`: what a reviewer with five minutes reads first, then everything; fits into a job summary. */
export const markdownReport: Report = (result) => [{ path: 'keyaudit.md', content: limited(blocks(result)) }];

function* blocks(result: AuditResult): Generator<Block> {
  yield* verdictSection(result);
  yield* coverageSection(result.coverage);
  yield* countsSection(result);
  yield* firstSection(result);
  yield* worstSection(result);
  yield* forecastSection(result);
  yield* driftSection(result);
  yield* leaksSection(result);
  yield* notesSection(result);
  yield* findingsSection(result);
  yield* unknownSection(result);
  yield* suppressedSection(result);
  yield* gapsSection(result);
  yield* complianceSection(result);
}

import type { AuditResult } from '../../core/result.js';
import type { Report } from '../rendered-file.js';
import { VERDICT_TITLES } from '../words/verdict-title.js';
import { DOCUMENT_END, documentHead } from './page/document-head.js';
import { appendix } from './sections/appendix.js';
import { banner } from './sections/banner.js';
import { chartsSection } from './sections/charts.js';
import { complianceSection } from './sections/compliance.js';
import { coverageSection } from './sections/coverage.js';
import { driftSection } from './sections/drift.js';
import { findingsList } from './sections/findings-list.js';
import { firstSection } from './sections/first.js';
import { forecastSection } from './sections/forecast.js';
import { keysSection } from './sections/keys.js';
import { leaksSection } from './sections/leaks.js';
import { worstSection } from './sections/worst.js';

/** `keyaudit.html`: one self-contained file, for people who would rather look than read. */
export const htmlReport: Report = (result) => [{ path: 'keyaudit.html', content: page(result) }];

function* page(result: AuditResult): Generator<string> {
  yield documentHead(`Key audit: ${VERDICT_TITLES[result.gate.result]}`);
  yield banner(result);
  yield contents(result);
  yield '<main id="main">\n';
  yield coverageSection(result.coverage);
  yield firstSection(result);
  yield worstSection(result);
  yield driftSection(result);
  yield forecastSection(result);
  yield chartsSection(result);
  yield* leaksSection(result);
  yield* findingsList(result.findings);
  yield* keysSection(result);
  yield complianceSection(result);
  yield* appendix(result);
  yield '</main>\n';
  yield DOCUMENT_END;
}

function contents({ leaks, findings, compliance = [] }: AuditResult): string {
  const links = [
    ['coverage', 'Not looked at'],
    ...(findings.length === 0 ? [] : [['findings', 'All findings']]),
    ['charts', 'In pictures'],
    ...(leaks.length === 0 ? [] : [['leaks', 'Leaked strings']]),
    ['keys', 'Every key'],
    ...(compliance.length === 0 ? [] : [['standards', 'Standards']]),
  ];
  const items = links.map(([id = '', title = '']) => `<li><a href="#${id}">${title}</a></li>`);
  return `<nav aria-label="Contents"><div class="wide"><ul>${items.join('')}</ul></div></nav>\n`;
}

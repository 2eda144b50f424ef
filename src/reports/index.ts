import type { ReportFormat } from '../core/report-format.js';
import type { AuditResult } from '../core/result.js';
import { csvReport } from './csv.js';
import { htmlReport } from './html/html-report.js';
import { jsonReport } from './json/json-report.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown/markdown-report.js';
import type { RenderedFile, Report } from './rendered-file.js';
import { sarifReport } from './sarif/sarif-report.js';

/** Every report by the name that `--format` takes. */
export const REPORTS = {
  sarif: sarifReport,
  markdown: markdownReport,
  html: htmlReport,
  json: jsonReport,
  junit: junitReport,
  csv: csvReport,
} as const satisfies Record<ReportFormat, Report>;

/** The files of the formats, in the order of the formats. */
export const render = (result: AuditResult, formats: readonly ReportFormat[]): readonly RenderedFile[] =>
  formats.flatMap((format) => REPORTS[format](result));

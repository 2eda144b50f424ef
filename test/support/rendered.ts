import type { AuditResult } from '../../src/core/result.js';
import type { ReportFormat } from '../../src/core/report-format.js';
import { render } from '../../src/reports/index.js';

/** All files of one format by path, with their pieces joined. */
export function rendered(result: AuditResult, format: ReportFormat): ReadonlyMap<string, string> {
  return new Map(
    render(result, [format]).map(({ path, content }) => [
      path,
      typeof content === 'string' ? content : [...content].join(''),
    ]),
  );
}

export function renderedFile(result: AuditResult, format: ReportFormat, path: string): string {
  const text = rendered(result, format).get(path);
  if (text === undefined) throw new Error(`${format} wrote no ${path}`);
  return text;
}

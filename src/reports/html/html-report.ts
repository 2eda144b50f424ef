import type { Finding } from '../../core/finding.js';
import { dateOf } from '../../core/instant.js';
import type { AuditResult } from '../../core/result.js';
import { html } from '../escape/html.js';
import { visibleProse } from '../escape/visible.js';
import type { Report } from '../rendered-file.js';
import { VERDICT_TITLES } from '../words/verdict-title.js';

/** `keyaudit.html`: one self-contained file, for people who would rather look than read. */
export const htmlReport: Report = (result) => [{ path: 'keyaudit.html', content: page(result) }];

function* page(result: AuditResult): Generator<string> {
  const title = VERDICT_TITLES[result.gate.result];
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title>\n`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head><body><main>\n`;
  yield `<h1>${title}</h1><p>As of ${dateOf(result.run.asOf)}</p>\n`;
  yield '<table><tr><th>Severity</th><th>Status</th><th>Rule</th><th>Owner</th><th>What</th><th>Next step</th></tr>\n';
  for (const finding of result.findings) yield row(finding);
  yield '</table></main></body></html>\n';
}

function row({ severity, status, rule, owner, message, fix }: Finding): string {
  const cells = [severity, status, rule, owner ?? 'nobody', message, fix].map((text) =>
    html(visibleProse(text)),
  );
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}

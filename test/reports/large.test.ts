import { describe, expect, test } from 'vitest';
import { REPORT_FORMATS, type ReportFormat } from '../../src/core/report-format.js';
import { render } from '../../src/reports/index.js';
import { lintProblems } from '../support/sarif-lint.js';
import { largeResult } from '../support/large-result.js';
import {
  aFinding,
  aLeak,
  aPlace,
  aResult,
  aRule,
  aSubject,
  fingerprintOfFake,
} from '../support/audit-result.js';
import { rendered, renderedFile } from '../support/rendered.js';
import { schemaProblems } from '../support/sarif-schema.js';

/** Writes without keeping: how long it takes, and how many characters come out. */
function drain(size: number, format: ReportFormat): { readonly ms: number; readonly characters: number } {
  const result = largeResult(size);
  const began = performance.now();
  let characters = 0;
  for (const { content } of render(result, [format])) {
    for (const piece of typeof content === 'string' ? [content] : content) characters += piece.length;
  }
  return { ms: performance.now() - began, characters };
}

describe.each(REPORT_FORMATS)('%s', (format) => {
  test('grows no faster than its findings', () => {
    drain(5_000, format);
    const small = drain(5_000, format);
    const large = drain(40_000, format);
    // Eight times the findings; quadratic time would be 64 times. The slack is for a busy machine.
    expect(large.ms).toBeLessThan(Math.max(20, small.ms) * 30);
  });

  test('comes in pieces, none of them large', () => {
    let longest = 0;
    for (const { content } of render(largeResult(20_000), [format])) {
      if (typeof content === 'string') longest = Math.max(longest, content.length);
      else for (const piece of content) longest = Math.max(longest, piece.length);
    }
    expect(longest).toBeLessThan(512 * 1024);
  });
});

describe('limits', () => {
  test('Markdown stops below 900 KiB and says how many findings are left', () => {
    const text = renderedFile(largeResult(40_000), 'markdown', 'keyaudit.md');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(900 * 1024);
    const left = /Cut here: ([\d,]+) findings more/.exec(text)?.[1]?.replaceAll(',', '');
    const shown = new Set(text.match(/\b[0-9a-f]{32}\b/g)).size;
    const active = largeResult(40_000).findings.filter(({ verdict }) => verdict === 'fail').length;
    const unknown = 40_000 - active;
    expect(Number(left) + shown).toBe(active + unknown);
  });

  test('a file for GitHub keeps the 5,000 worst results of a run and says what it left out', () => {
    const text = renderedFile(largeResult(40_000), 'sarif', 'github/inventory.sarif');
    const runs = (JSON.parse(text) as { runs: { results: { level: string }[]; invocations: unknown }[] })
      .runs;
    for (const run of runs) {
      expect(run.results.length).toBe(5_000);
      expect(JSON.stringify(run.invocations)).toContain('further results');
      expect(run.results.every(({ level }) => level === 'error')).toBe(true);
    }
    expect(lintProblems(text)).toEqual([]);
  });

  test('20,000 findings are one valid file, and valid files for GitHub', () => {
    for (const [path, text] of rendered(largeResult(20_000), 'sarif'))
      expect([path, ...schemaProblems(text), ...lintProblems(text)]).toEqual([path]);
  });

  test('a string in 1,000 places is one result with 99 related locations and a count', () => {
    const fingerprint = fingerprintOfFake('a');
    const places = Array.from({ length: 1_000 }, (_none, index) => aPlace({ line: index + 1 }));
    const subject = aSubject({ kind: 'leak', fingerprint });
    const result = aResult({
      findings: [aFinding({ rule: 'leaked-live', subject, places })],
      rules: [aRule({ id: 'leaked-live', subject: 'leak' })],
      leaks: [aLeak({ fingerprint, places })],
    });
    const text = renderedFile(result, 'sarif', 'keyaudit.sarif');
    expect(lintProblems(text)).toEqual([]);
    expect(text.match(/"relatedLocations":\[/g)).toHaveLength(1);
    expect(text).toContain('and in 900 further places');
  });
});

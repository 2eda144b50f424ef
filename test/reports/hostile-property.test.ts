import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalSummary } from '../../src/reports/terminal/terminal-summary.js';
import { parseCsv } from '../support/csv.js';
import { HOSTILE_TEXTS } from '../support/hostile-text.js';
import { hostileResult } from '../support/hostile-result.js';
import { rendered, renderedFile } from '../support/rendered.js';
import { lintProblems } from '../support/sarif-lint.js';
import { schemaProblems } from '../support/sarif-schema.js';

/** Any text, broken Unicode and control characters included, and pieces of texts that are known to be nasty. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 20,
  }),
  fc
    .array(fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.length < 100), '/', '\\', '\n', ':', ' '), {
      maxLength: 4,
    })
    .map((parts) => parts.join('')),
);
const texts = fc.uniqueArray(anyText, { minLength: 1, maxLength: 4 });
/** The same cases in every run; `FC_SEED` tries others. */
const RUNS = { numRuns: 150, seed: Number(process.env['FC_SEED'] ?? 20_261_115) };

describe('whatever others write', () => {
  test('every SARIF file stays valid', () => {
    fc.assert(
      fc.property(texts, (list) => {
        for (const [path, text] of rendered(hostileResult(list), 'sarif')) {
          expect([path, ...schemaProblems(text), ...lintProblems(text)]).toEqual([path]);
        }
      }),
      RUNS,
    );
  });

  test('no SARIF file lands outside of its folder', () => {
    fc.assert(
      fc.property(texts, (list) => {
        for (const path of rendered(hostileResult(list), 'sarif').keys()) {
          expect(path).toMatch(/^(?:keyaudit\.sarif|github\/[\w-][\w.-]{0,120}\.sarif)$/);
        }
      }),
      RUNS,
    );
  });

  test('CSV keeps its cells, JSON keeps the text, the terminal gets nothing hidden', () => {
    fc.assert(
      fc.property(texts, (list) => {
        const result = hostileResult(list);
        expect(
          new Set(parseCsv(renderedFile(result, 'csv', 'keyaudit.csv')).map((row) => row.length)).size,
        ).toBe(1);
        const parsed = JSON.parse(renderedFile(result, 'json', 'keyaudit.json')) as { notes: string[] };
        expect(parsed.notes).toEqual(list);
        const summary = terminalSummary(result, { width: 60, colour: false });
        expect(summary).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069\u200b]|^\s*::|##\[/mu);
      }),
      RUNS,
    );
  });

  test('no two repositories share a file', () => {
    fc.assert(
      fc.property(texts, (list) => {
        const files = [...rendered(hostileResult(list), 'sarif').keys()];
        // The complete file, the one about keys, and one for each repository.
        expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(list.length + 2);
      }),
      RUNS,
    );
  });
});

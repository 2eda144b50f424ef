import { describe, expect, test } from 'vitest';
import { githubAnnotations } from '../../src/reports/github-annotations.js';
import type { ReportFormat } from '../../src/core/report-format.js';
import { terminalSummary } from '../../src/reports/terminal/terminal-summary.js';
import { parseCsv } from '../support/csv.js';
import { HOSTILE_TEXTS } from '../support/hostile-text.js';
import { hostileResult } from '../support/hostile-result.js';
import { renderedFile } from '../support/rendered.js';

/** One audit for each text, so that the worst place for it is always on the first page. */
const CASES = HOSTILE_TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const);
const HIDDEN = /(?![\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/u;

const fileOf = (text: string, format: ReportFormat, path: string): string =>
  renderedFile(hostileResult([text]), format, path);

describe('in Markdown', () => {
  const OUR_TAGS = /<\/?(?:table|tr|th|td|code|br|b|details|summary|ul|li|p|h3)>/g;

  test.each(CASES)('%s stays text', (_name, text) => {
    const markdown = fileOf(text, 'markdown', 'keyaudit.md');
    expect(markdown).not.toMatch(HIDDEN);
    expect(markdown.replaceAll(OUR_TAGS, '')).not.toMatch(/[<>]/);
  });

  test.each(CASES)('%s ends no HTML block early', (_name, text) => {
    const blocks = fileOf(text, 'markdown', 'keyaudit.md').split('\n\n');
    for (const block of blocks.filter((one) => one.startsWith('<'))) {
      for (const tag of ['table', 'details', 'ul', 'code', 'p', 'h3']) {
        expect(block.split(`<${tag}>`).length, block).toBe(block.split(`</${tag}>`).length);
      }
    }
  });

  test.each(CASES)('%s stands in no line that is Markdown', (_name, text) => {
    const outside = fileOf(text, 'markdown', 'keyaudit.md')
      .split('\n\n')
      .filter((block) => !block.startsWith('<'));
    for (const block of outside) expect(block).toMatch(/^(?:#{1,2} [\w ,:'-]+|[\w ,:.+-]+|)\n?$/);
  });

  test('nothing outside of code can become a link or a mention', () => {
    const text = '@octocat #1 GH-1 a@evil.example www.evil.example https://evil.example 0123456789abcdef';
    const plain = fileOf(text, 'markdown', 'keyaudit.md').replaceAll(/<code>[^<]*<\/code>/g, '');
    expect(plain).not.toMatch(/@|GH-1|www\.|:\/\/|[^&]#\d|0123456789abcdef/);
  });
});

describe('in HTML and XML', () => {
  test.each(CASES)('%s stays text', (_name, text) => {
    for (const page of [
      fileOf(text, 'html', 'keyaudit.html').replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, ''),
      fileOf(text, 'junit', 'keyaudit.junit.xml'),
    ]) {
      expect(page).not.toMatch(HIDDEN);
      expect(page).not.toMatch(/<script>alert|<img src|<!-- |<!\[CDATA/);
      expect(page).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
    }
  });
});

describe('in CSV', () => {
  test.each(CASES)('%s runs as no formula and moves no cell', (_name, text) => {
    const rows = parseCsv(fileOf(text, 'csv', 'keyaudit.csv'));
    // The head, four findings, drift with its head, a note and a control.
    expect(rows).toHaveLength(5 + 4 + 1 + 1);
    for (const row of rows) {
      expect(row).toHaveLength(rows[0]?.length ?? 0);
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    }
  });
});

describe('in a terminal and in a workflow log', () => {
  test.each(CASES)('%s controls nothing', (_name, text) => {
    const result = hostileResult([text]);
    const summary = terminalSummary(result, { width: 80, colour: false });
    const annotations = githubAnnotations(result, 'acme/web')
      .split('\n')
      .filter((line) => !/^::(?:error|warning) /.test(line));
    for (const line of [...summary.split('\n'), ...annotations]) {
      expect(line).not.toMatch(HIDDEN);
      expect(line.trim()).not.toMatch(/^::/);
      expect(line).not.toContain('##[');
    }
  });

  test('an annotation is one line, and a name cannot add a property', () => {
    const lines = githubAnnotations(hostileResult(['a\n::error file=x::y, line=3:z']), 'acme/web')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^::warning (?:file=[^,:]*,line=\d+,)?title=[^,:]*::/);
  });
});

describe('in JSON', () => {
  test.each(CASES)('%s is kept as it is', (_name, text) => {
    const parsed = JSON.parse(fileOf(text, 'json', 'keyaudit.json')) as { notes: string[] };
    expect(parsed.notes).toEqual([text]);
  });
});

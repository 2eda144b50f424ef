import { describe, expect, test } from 'vitest';
import { codeSpans } from '../../../src/reports/escape/code-spans.js';
import { csvCell } from '../../../src/reports/escape/csv.js';
import { code, prose } from '../../../src/reports/escape/markdown.js';
import { sarifMessage } from '../../../src/reports/escape/sarif-message.js';
import { uriPath } from '../../../src/reports/escape/uri-path.js';
import { visible, visibleName, visibleProse } from '../../../src/reports/escape/visible.js';
import { commandData, commandProperty, neutralLine } from '../../../src/reports/escape/workflow-command.js';
import { xml } from '../../../src/reports/escape/xml.js';

const character = (point: number): string => String.fromCodePoint(point);

describe('hidden characters become visible', () => {
  test.each([
    ['a right-to-left override', 0x202e, '\\u{202e}'],
    ['an isolate', 0x2066, '\\u{2066}'],
    ['a zero-width space', 0x200b, '\\u{200b}'],
    ['a byte order mark', 0xfeff, '\\u{feff}'],
    ['a tag', 0xe0041, '\\u{e0041}'],
    ['a variation selector', 0xe0100, '\\u{e0100}'],
    ['an escape', 0x1b, '\\u{1b}'],
    ['a null', 0, '\\u{0}'],
    ['a next line', 0x85, '\\u{85}'],
    ['a line separator', 0x2028, '\\u{2028}'],
    ['a private-use character', 0xe000, '\\u{e000}'],
    ['a Hangul filler', 0x3164, '\\u{3164}'],
    ['half of a pair', 0xd800, '\\u{d800}'],
  ])('%s', (_name, point, shown) => {
    expect(visible(`a${character(point)}b`)).toBe(`a${shown}b`);
  });

  test('and ordinary ones stay: umlauts, other scripts, emoji, spaces', () => {
    const text = 'Schlüssel ключ 鍵 مفتاح 🔑 a  b';
    expect(visible(text)).toBe(text);
  });

  test('a long name is cut with a count, not in the middle of a character', () => {
    expect(visibleName(`${'x'.repeat(199)}🔑y`)).toBe(`${'x'.repeat(199)}… (3 more characters)`);
  });

  test('line breaks of a sentence become spaces', () => {
    expect(visibleProse('one\r\n  two\n\nthree\n')).toBe('one   two three');
  });
});

describe('a path as a URI', () => {
  test.each([
    ['src/a.ts', 'src/a.ts'],
    ['a b/[x]#?.env', 'a%20b/%5Bx%5D%23%3F.env'],
    ['C:/x', 'C%3A/x'],
    ['http://evil/x', 'http%3A/evil/x'],
    ['//host/share', 'host/share'],
    ['./a/./b', 'a/b'],
    ['../../etc', '%252E%252E/%252E%252E/etc'],
    ['a\\b', 'a%5Cb'],
    ['schlüssel', 'schl%C3%BCssel'],
    ['', '_'],
    ['/', '_'],
  ])('%s is %s', (path, uri) => {
    expect(uriPath(path)).toBe(uri);
  });

  test('broken text throws nothing', () => {
    expect(uriPath(character(0xd800))).toBe('%EF%BF%BD');
  });
});

describe('a SARIF message', () => {
  test.each([
    ['{0}', '{{0}}'],
    ['[here](1)', '\\[here\\](1)'],
    ['C:\\x', 'C:\\\\x'],
  ])('%s is %s', (text, message) => {
    expect(sarifMessage(text)).toBe(message);
  });
});

describe('a CSV cell', () => {
  test.each([
    ['=1+1', `"'=1+1"`],
    ['  =1', `"'  =1"`],
    ['+49', `"'+49"`],
    ['-1', `"'-1"`],
    ['@a', `"'@a"`],
    ['＝1', `"'＝1"`],
    ['a "b", c', '"a ""b"", c"'],
    ['a=b', '"a=b"'],
    ['', '""'],
  ])('%s is %s', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});

describe('a workflow log', () => {
  test.each([
    ['::error::x', ': :error::x'],
    ['   ::error::x', '   : :error::x'],
    ['a ##[error]x', 'a ## [error]x'],
    ['std::vector', 'std::vector'],
  ])('%s reads %s', (line, shown) => {
    expect(neutralLine(line)).toBe(shown);
  });

  test('data and properties of our own commands are escaped', () => {
    expect(commandData('50%\r\n::x')).toBe('50%25%0D%0A::x');
    expect(commandProperty('a:b,c%\n')).toBe('a%3Ab%2Cc%25%0A');
  });
});

describe('Markdown', () => {
  test.each([
    ['The key is 1,141 days old.', 'The key is 1,141 days old.'],
    ['See https://evil.example now', 'See <code>https://evil.example</code> now'],
    ['DELETE /keys/k1.', 'DELETE <code>/keys/k1</code>.'],
    ['by @octocat and <b>', 'by <code>@octocat</code> and <code>&lt;b&gt;</code>'],
    ['fixes GH-12, #3', 'fixes <code>GH-12, #3</code>'],
    ['run `keyaudit doctor`, then wait', 'run <code>keyaudit doctor</code>, then wait'],
    ['a `b', 'a <code>`b</code>'],
    ['with {"type": "api"}', 'with <code>{&quot;type&quot;: &quot;api&quot;}</code>'],
  ])('%s', (text, markup) => {
    expect(prose(text)).toBe(markup);
  });

  test('a name is code whatever it is', () => {
    expect(code('</code>\n\n# x')).toBe('<code>&lt;/code&gt;\\u{a}\\u{a}# x</code>');
  });
});

test('XML holds no character that XML 1.0 forbids', () => {
  expect(xml(`a${character(0)}<b>${character(0xffff)}`)).toBe('a\\u{0}&lt;b&gt;\\u{ffff}');
});

test.each([
  ['a `b` c', ['a ', '[b]', ' c']],
  ['`a``b`', ['[a]', '[b]']],
  ['a ` b', ['a ', '` b']],
  ['', []],
])('backticks in %s', (sentence, spans) => {
  expect(codeSpans(sentence).map(({ text, code: isCode }) => (isCode ? `[${text}]` : text))).toEqual(spans);
});

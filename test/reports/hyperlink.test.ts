import { describe, expect, it, test } from 'vitest';
import { hyperlink, showsHyperlinks } from '../../src/reports/terminal/hyperlink.js';
import { terminalSummary } from '../../src/reports/terminal/terminal-summary.js';
import { sampleResult } from '../support/sample-result.js';

const ESCAPE = String.fromCharCode(27);

describe('hyperlink', () => {
  it('wraps a text in OSC 8', () => {
    expect(hyperlink('here', 'https://git.example/a?b#L3')).toBe(
      `${ESCAPE}]8;;https://git.example/a?b#L3${ESCAPE}\\here${ESCAPE}]8;;${ESCAPE}\\`,
    );
  });

  it.each([
    ['an escape', `https://a.example/${ESCAPE}]0;x`],
    ['a bell', `https://a.example/${String.fromCharCode(7)}`],
    ['a blank', 'https://a.example/ x'],
    ['a line break', 'https://a.example/\n::error::x'],
    ["a runner's command", 'https://a.example/##[error]x'],
    ['letters of other alphabets', 'https://a.example/ü'],
    ['another scheme', 'javascript:alert(1)'],
    ['too many characters', `https://a.example/${'x'.repeat(2_100)}`],
  ])('gives the text alone for an address with %s', (_, address) => {
    expect(hyperlink('here', address)).toBe('here');
  });
});

test.each([
  ['a terminal that says nothing', {}, false],
  ['iTerm', { TERM_PROGRAM: 'iTerm.app' }, true],
  ['an old VTE', { VTE_VERSION: '4800' }, false],
  ['a VTE', { VTE_VERSION: '7600' }, true],
  ['Windows Terminal', { WT_SESSION: 'x' }, true],
  ['CI, whatever the terminal', { CI: 'true', VTE_VERSION: '7600' }, false],
  ['who wants none', { FORCE_HYPERLINK: '0', VTE_VERSION: '7600' }, false],
  ['who wants them', { FORCE_HYPERLINK: '1' }, true],
] as const)('%s shows links or not', (_, env, shows) => {
  expect(showsHyperlinks(env)).toBe(shows);
});

test('links change nothing but links', () => {
  const plain = terminalSummary(sampleResult(), { width: 100, colour: false });
  const linked = terminalSummary(sampleResult(), { width: 100, colour: false, hyperlinks: true });
  expect(linked).not.toBe(plain);
  const link = new RegExp(`${ESCAPE}\\]8;;[!-~]*?${ESCAPE}\\\\`, 'g');
  expect(linked.replaceAll(link, '')).toBe(plain);
});

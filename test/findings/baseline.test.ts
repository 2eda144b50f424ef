import { describe, expect, test } from 'vitest';
import {
  baselineText,
  goneFromBaseline,
  IncompleteBaselineError,
  parseBaseline,
} from '../../src/findings/baseline.js';
import { aCoverage, aFinding, aPlace, aSubject } from '../support/audit-result.js';

const COMPLETE = [aCoverage()];
const finding = (id: string) => aFinding({ subject: aSubject({ id }) });

describe('a baseline', () => {
  test('knows the findings that it was made of', () => {
    const findings = [finding('b'), finding('a')];
    const ids = parseBaseline(baselineText(findings, COMPLETE), 'b.txt');
    expect(ids).toEqual(new Set(findings.map(({ id }) => id)));
  });

  test('is sorted, one line a finding, whatever the order of the findings', () => {
    const text = baselineText([finding('b'), finding('a')], COMPLETE);
    expect(baselineText([finding('a'), finding('b')], COMPLETE)).toBe(text);
    expect(
      text
        .split('\n')
        .slice(1, -1)
        .map((line) => line.slice(33)),
    ).toEqual(['key-too-old "video-prod/a"', 'key-too-old "video-prod/b"']);
  });

  test('does not change when a finding moves, ages or gets another name', () => {
    const moved = aFinding({
      places: [aPlace({ line: 99 })],
      message: '5,000 days',
      subject: aSubject({ name: 'x' }),
    });
    expect(baselineText([moved], COMPLETE)).toBe(baselineText([aFinding()], COMPLETE));
  });

  test('leaves out what is suppressed and what could not be judged', () => {
    const text = baselineText(
      [aFinding({ status: 'suppressed' }), aFinding({ verdict: 'unknown' })],
      COMPLETE,
    );
    expect(parseBaseline(text, 'b.txt').size).toBe(0);
  });

  test('keeps a hostile id on its line', () => {
    const text = baselineText([finding('a\n# b\u2028c')], COMPLETE);
    expect(parseBaseline(text, 'b.txt').size).toBe(1);
  });

  test.each([
    ['that could not read a source', [aCoverage(), aCoverage({ status: 'partial' })]],
    ['that looked at nothing', []],
  ])('is not made from an audit %s', (_case, coverage) => {
    expect(() => baselineText([aFinding()], coverage)).toThrow(IncompleteBaselineError);
  });

  test('tells what it holds that is gone', () => {
    const known = parseBaseline(baselineText([finding('a'), finding('b')], COMPLETE), 'b.txt');
    expect(goneFromBaseline(known, [finding('a')])).toEqual([finding('b').id]);
  });
});

describe('reading a baseline', () => {
  test('skips comments and blank lines, and takes Windows line ends', () => {
    const id = aFinding().id;
    expect(parseBaseline(`# note\r\n\r\n${id} rule "x"\r\n`, 'b.txt')).toEqual(new Set([id]));
  });

  test('names every line that is none, such as the marks of an unfinished merge', () => {
    const text = `<<<<<<< ours\n${aFinding().id} rule "x"\n=======\n`;
    expect(() => parseBaseline(text, 'b.txt')).toThrow(/b\.txt:1:1.*\n.*b\.txt:3:1/);
  });
});

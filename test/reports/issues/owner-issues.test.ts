import { describe, expect, test } from 'vitest';
import { ownerIssues } from '../../../src/reports/issues/owner-issues.js';
import { aFinding, aResult, aSubject } from '../../support/audit-result.js';
import { HOSTILE_TEXTS } from '../../support/hostile-text.js';
import { hostileResult } from '../../support/hostile-result.js';
import { largeResult } from '../../support/large-result.js';

const finding = (id: string, over: Parameters<typeof aFinding>[0] = {}) =>
  aFinding({ subject: aSubject({ id }), ...over });
const stateOf = (...findings: ReturnType<typeof finding>[]) => ownerIssues(aResult({ findings }))[0]?.state;

describe('issues for owners', () => {
  test('are one for each owner of an active finding, and one for what nobody owns', () => {
    const findings = [
      finding('a', { owner: 'team-web' }),
      finding('b', { owner: 'team-web' }),
      finding('c', { owner: null }),
      finding('d', { owner: 'team-xr', status: 'suppressed' }),
      finding('e', { owner: 'team-bi', verdict: 'unknown' }),
    ];
    expect(ownerIssues(aResult({ findings })).map(({ owner, title }) => [owner, title])).toEqual([
      ['team-web', 'API keys: 2 findings of team-web'],
      [null, 'API keys: 1 finding that nobody owns'],
    ]);
  });

  test('hold the next step of every finding, and nothing of other owners', () => {
    const findings = [
      finding('a', { owner: 'team-web', fix: 'DELETE /keys/a' }),
      finding('b', { owner: 'team-xr', fix: 'DELETE /keys/b' }),
    ];
    const [first] = ownerIssues(aResult({ findings }));
    expect(first?.text).toContain('/keys/a');
    expect(first?.text).not.toContain('/keys/b');
  });

  test('fit into what GitHub takes, and say how many findings are left', () => {
    for (const { text, title } of ownerIssues(largeResult(20_000))) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
      expect(title.length).toBeLessThanOrEqual(256);
      expect(text).toMatch(/Cut here: [\d,]+ findings more/);
    }
  });
});

describe('the state of an issue', () => {
  const one = finding('a');

  test.each([
    ['the key grew a day older', [{ ...one, message: 'The key is 701 days old.' }]],
    ['the order of findings changed', [finding('b'), one]],
  ])('is the same when %s', (_case, after) => {
    const before = after.length === 1 ? [one] : [one, finding('b')];
    expect(stateOf(...after)).toBe(stateOf(...before));
  });

  test.each([
    ['a finding came', [one, finding('b')]],
    ['it weighs more', [{ ...one, severity: 'critical' } as const]],
    ['it was accepted as known', [{ ...one, status: 'known' } as const]],
  ])('is another one when %s', (_case, after) => {
    expect(stateOf(...after)).not.toBe(stateOf(one));
  });
});

describe('whatever others write', () => {
  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    '%s mentions nobody, links nothing and is no markup',
    (_name, text) => {
      for (const { text: body, title } of ownerIssues(hostileResult([text]))) {
        expect(body.replaceAll(/<\/?(?:table|tr|th|td|code|br|b|details|summary|p|h3)>/g, '')).not.toMatch(
          /[<>]/,
        );
        const outside = body.replaceAll(/<code>[^<]*<\/code>/g, '');
        expect(outside).not.toMatch(/@|GH-\d|www\.|:\/\/|[^&]#\d/);
        expect(title).not.toMatch(/@|[\n\r\p{Cf}]/u);
        expect(title.length).toBeLessThanOrEqual(256);
      }
    },
  );
});

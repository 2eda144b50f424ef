import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/core/history.js';
import { historyText, parseHistory, recorded, withAudit } from '../../src/findings/history.js';
import { trendOf } from '../../src/reports/words/trend.js';
import { aCoverage, aFinding, aResult, aSubject, instant } from '../support/audit-result.js';

const idOf = (id: string): string => aFinding({ subject: aSubject({ id }) }).id;

/** An audit on a day that found the keys of the given ids too old. */
function auditOn(day: string, ids: readonly string[], complete = true) {
  const at = instant(day);
  return aResult({
    findings: ids.map((id) => aFinding({ subject: aSubject({ id }) })),
    run: { asOf: at, startedAt: at, finishedAt: at },
    coverage: [aCoverage({ status: complete ? 'complete' : 'failed' })],
  });
}

const historyOf = (...audits: readonly ReturnType<typeof auditOn>[]): readonly HistoryEntry[] =>
  audits.reduce<readonly HistoryEntry[]>(recorded, []);

describe('the history', () => {
  test('tells what every audit opened and closed', () => {
    const [, second] = historyOf(auditOn('2026-11-01', ['a', 'b']), auditOn('2026-11-08', ['b', 'c']));
    expect(second?.opened).toEqual([idOf('c')]);
    expect(second?.closed).toEqual([idOf('a')]);
    expect(second?.active.medium).toBe(2);
  });

  test('closes nothing after an incomplete audit, and closes it with the next complete one', () => {
    const [, second, third] = historyOf(
      auditOn('2026-11-01', ['a']),
      auditOn('2026-11-02', [], false),
      auditOn('2026-11-03', []),
    );
    expect(second?.closed).toEqual([]);
    expect(third?.closed).toEqual([idOf('a')]);
  });

  test('is the same after the same audit again', () => {
    const once = historyOf(auditOn('2026-11-01', ['a']), auditOn('2026-11-02', ['b']));
    expect(recorded(once, auditOn('2026-11-02', ['b']))).toEqual(once);
  });

  test('is not changed by an audit as of a day in the past, whose trend still ends on that day', () => {
    const kept = historyOf(auditOn('2026-11-01', ['a']), auditOn('2026-11-09', ['b']));
    const past = auditOn('2026-11-05', ['c']);
    expect(recorded(kept, past)).toBe(kept);
    expect(withAudit(kept, past).map(({ asOf }) => asOf.slice(8, 10))).toEqual(['01', '05']);
  });

  test('survives being written and read, and a line that was cut off', () => {
    const entries = historyOf(auditOn('2026-11-01', ['a']), auditOn('2026-11-02', []));
    expect(parseHistory(historyText(entries))).toEqual({ entries, broken: 0 });
    expect(parseHistory(historyText(entries).slice(0, -20))).toEqual({
      entries: entries.slice(0, 1),
      broken: 1,
    });
  });

  test('holds no name and no message', () => {
    expect(historyText(historyOf(auditOn('2026-11-01', ['a'])))).not.toMatch(/player|days old|video-prod/);
  });
});

describe('the trend', () => {
  test('counts what was fixed in seven days, and not what came back', () => {
    const history = historyOf(
      auditOn('2026-11-01', ['a', 'b', 'c']),
      auditOn('2026-11-06', ['b', 'c']),
      auditOn('2026-11-10', ['c']),
      auditOn('2026-11-12', ['b', 'c']),
      auditOn('2026-11-12T12:00:00Z', ['b']),
    );
    expect(trendOf(history)?.fixedInWeek).toBe(2);
  });

  test('takes the median of the days for which findings are open', () => {
    const history = historyOf(
      auditOn('2026-11-01', ['a']),
      auditOn('2026-11-10', ['a', 'b', 'c']),
      auditOn('2026-11-12', ['a', 'b', 'c']),
    );
    expect(trendOf(history)?.medianDaysOpen).toBe(2);
  });

  test('is nothing for a first audit', () => {
    expect(trendOf(historyOf(auditOn('2026-11-01', ['a'])))).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '../../../src/core/fact.js';
import { leakTimeline } from '../../../src/reports/html/charts/leak-timeline.js';
import { AS_OF, aKey, aLeak, aPlace, instant } from '../../support/audit-result.js';

const first = instant('2024-02-03T10:00:00Z');
const there = aPlace({ firstSeen: first });
const gone = aPlace({ firstSeen: first, inHead: false, removedAt: instant('2024-06-12T09:00:00Z') });
const goneLater = aPlace({ ...gone, path: 'b', removedAt: instant('2025-01-02T09:00:00Z') });
const drawn = (places: Parameters<typeof aLeak>[0], works = true): string =>
  leakTimeline({ leak: aLeak(places), key: aKey({ live: known(works) }), asOf: AS_OF });

describe('the timeline of a leak says', () => {
  test.each([
    ['that it is still there', [there], true, 'first seen 2024-02-03, still in HEAD, the key still works.'],
    [
      'when it left HEAD, and that the key still works',
      [gone],
      true,
      'first seen 2024-02-03, removed from HEAD 2024-06-12, but in the history, the key still works.',
    ],
    ['when the last of several places left HEAD', [gone, goneLater], true, 'removed from HEAD 2025-01-02'],
    ['that it is there while one of several places is', [gone, there], true, 'still in HEAD'],
    [
      'no day when that of one place is not known',
      [gone, aPlace({ inHead: false, firstSeen: first })],
      true,
      'no longer in HEAD, but in the history',
    ],
    [
      'that the key is dead',
      [gone],
      false,
      'removed from HEAD 2024-06-12, but in the history; the key no longer',
    ],
  ])('%s', (_case, places, works, words) => {
    expect(drawn({ places }, works)).toContain(words);
  });

  test('draws the day on which it left HEAD, and none while it is there', () => {
    expect(drawn({ places: [gone] })).toContain('class="leaving"');
    expect(drawn({ places: [there] })).not.toContain('class="leaving"');
  });
});

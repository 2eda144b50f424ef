import { keyId, sourceId, vendorId } from '../../src/core/brand.js';
import { known, unknown } from '../../src/core/fact.js';
import { SEVERITIES } from '../../src/core/finding.js';
import { instantFromMs, instantToMs } from '../../src/core/instant.js';
import type { AuditResult } from '../../src/core/result.js';
import {
  AS_OF,
  aCoverage,
  aFinding,
  aKey,
  aLeak,
  aPlace,
  aResult,
  aRule,
  aSubject,
  fingerprintOfFake,
} from './audit-result.js';

const VENDORS = ['api-video', 'cognitive3d', 'vidbeo'] as const;
const OWNERS = ['team-web', 'team-xr', 'team-bi', null] as const;

const pick = <T>(list: readonly T[], index: number): T => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const daysAgo = (days: number) => instantFromMs(instantToMs(AS_OF) - days * 86_400_000) ?? AS_OF;

/** Many findings about a tenth as many keys, in all severities and states; every hundredth key leaked. */
export function largeResult(size: number): AuditResult {
  const keyCount = Math.max(1, Math.floor(size / 10));
  const keys = Array.from({ length: keyCount }, (_none, index) =>
    aKey({
      id: keyId(`k${index}`),
      source: sourceId(pick(VENDORS, index)),
      vendor: vendorId(pick(VENDORS, index)),
      name: known(`service ${index}`),
      createdAt: index % 17 === 0 ? unknown('left out') : known(daysAgo((index * 37) % 1_500)),
      anyAddress: known(index % 3 !== 0),
      access: known(index % 2 === 0 ? 'write' : 'read'),
      live: known(index % 5 !== 0),
    }),
  );
  const findings = Array.from({ length: size }, (_none, index) => {
    const key = pick(keys, index);
    const about = { id: key.id, source: key.source, vendor: key.vendor, name: `service ${index % keyCount}` };
    return aFinding({
      rule: `rule-${Math.floor(index / keyCount)}`,
      severity: pick(SEVERITIES, index % 7),
      verdict: index % 11 === 0 ? 'unknown' : 'fail',
      status: index % 13 === 0 ? 'known' : 'new',
      owner: pick(OWNERS, index % keyCount),
      subject: aSubject(about),
      fix: `DELETE /projects/pr1/api-keys/${key.id}`,
    });
  });
  const leaks = keys
    .filter((_key, index) => index % 100 === 3)
    .map((key, index) =>
      aLeak({
        fingerprint: fingerprintOfFake(key.id),
        keys: [{ source: key.source, id: key.id }],
        places: Array.from({ length: 1 + (index % 30) }, (_none, place) =>
          aPlace({ firstSeen: daysAgo(1_200 - index - place * 3), inHead: place % 3 === 0, line: place + 1 }),
        ),
      }),
    );
  const rules = Array.from({ length: 10 }, (_none, index) => aRule({ id: `rule-${index}` }));
  return aResult({ findings, keys, leaks, rules, coverage: VENDORS.map((source) => aCoverage({ source })) });
}

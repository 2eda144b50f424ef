import { keyId, sourceId, vendorId } from '../../src/core/brand.js';
import { known, notApplicable } from '../../src/core/fact.js';
import { instantFromMs } from '../../src/core/instant.js';
import type { KeyRecord } from '../../src/core/key.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { judge } from '../../src/rules/evaluate.js';
import { loadRules } from '../../src/rules/load.js';
import { AS_OF, aKey, instant } from '../support/audit-result.js';

/**
 * All rules against 10,000 keys, from their records to the ordered observations: seconds, verdicts, memory.
 * The target is one second and 300 MB.
 */
const KEYS = 10_000;

const created = (index: number) =>
  known(instantFromMs(Date.parse(AS_OF) - (index % 700) * 86_400_000) ?? instant('2026-01-01'));

const videoKey = (index: number): KeyRecord =>
  aKey({ id: keyId(`api_key_${index}`), createdAt: created(index), fingerprint: notApplicable('left out') });

const vidbeoKey = (index: number): KeyRecord =>
  aKey({
    source: sourceId('vidbeo'),
    vendor: vendorId('vidbeo'),
    id: keyId(`key${index}`),
    scope: 'account',
    createdAt: created(index),
    permissions: known(index % 3 === 0 ? [] : ['fetch']),
    access: known(index % 3 === 0 ? 'write' : 'read'),
    allowlist: known(
      index % 4 === 0 ? [] : [`11.${index % 250}.${index % 100}.0/24`, `12.0.0.${index % 250}/32`],
    ),
    anyAddress: known(index % 4 === 0),
  });

const keys = Array.from({ length: KEYS }, (_, index) =>
  index % 2 === 0 ? videoKey(index) : vidbeoKey(index),
);
const ruleSet = await loadRules({ vocabulary: VOCABULARY });

for (let round = 1; round <= 5; round += 1) {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const { byVerdict } = judge(
    ruleSet,
    subjectsOf({ asOf: AS_OF, egress: ['11.0.0.0/8'], roster: ['u1'], keys, projects: [], leaks: [] }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1_000_000;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  const judgements = Object.values(byVerdict).reduce((sum, count) => sum + count, 0);
  console.log(
    `round ${round}: ${judgements} judgements in ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU), ${megabytes} MB, ${JSON.stringify(byVerdict)}`,
  );
}

// npm run bench:reports -- [--findings=100000] [--formats=sarif,json] [--keys-per-finding=0.1]
// Writes one result in every format, each format and size in a process of its own: the time from the result to the files on
// disk, their size, and the highest memory of the whole process (Node and the result included), for a tenth of the
// findings and for all of them. Targets: 500 MB, and ten times the findings in less than twenty times the processor's time.
// Ends with 1 when a target is missed. Reads what `npm run build` made.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../../dist/cli/write-whole.js';
import { keyId, sourceId, vendorId } from '../../dist/core/brand.js';
import { known } from '../../dist/core/fact.js';
import { SEVERITIES } from '../../dist/core/finding.js';
import { DAY_MS, instantFromMs, instantToMs, parseInstant } from '../../dist/core/instant.js';
import { Secret } from '../../dist/core/secret.js';
import { count } from '../../dist/findings/count.js';
import { fingerprintOf } from '../../dist/findings/fingerprint.js';
import { gate } from '../../dist/findings/gate.js';
import { compareFindings } from '../../dist/findings/order.js';
import { riskOrder } from '../../dist/findings/risk.js';
import { PROJECT_KEY } from '../../dist/providers/api-video/kinds.js';
import { keyRecord } from '../../dist/providers/key-kind.js';
import { REPORTS, render } from '../../dist/reports/index.js';
import { fakeKey } from '../../dist/sandbox/fake-keys.js';

const MAX_MB = 500;
const MAX_RATIO = 20;
const AS_OF = parseInstant('2026-11-15');
const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const daysAgo = (days) => instantFromMs(instantToMs(AS_OF) - days * DAY_MS);

const KEYS_PER_FINDING = Number(option('keys-per-finding', '0.1'));
const RULES = 10;

const keyOf = (index) =>
  keyRecord(PROJECT_KEY, {
    id: keyId(`key${index}`),
    source: sourceId('video'),
    vendor: vendorId('api-video'),
    usedByAudit: false,
    declared: { owner: `team-${index % 40}`, system: 'shop', access: 'read', status: 'active' },
    facts: {
      name: known(`service ${index} export`),
      createdAt: known(daysAgo(index % 1_500)),
      live: known(true),
      project: known({ id: `pr${index % 1_000}`, name: `Project ${index % 1_000}` }),
      access: known('write'),
      anyAddress: known(index % 3 !== 0),
      reaches: known([]),
    },
  });

const placeOf = (index, place) => ({
  repository: `acme/repository-${index % 300}`,
  visibility: place % 2 === 0 ? 'public' : 'private',
  kind: 'file',
  commit: '1'.repeat(40),
  path: `src/module-${place}/config.ts`,
  line: place + 1,
  column: 5,
  firstSeen: daysAgo(900 - place),
  inHead: place % 3 === 0,
  pathInHead: true,
  removedAt: place % 3 === 0 ? undefined : daysAgo(100),
  encoding: 'plain',
  url: `https://github.com/acme/repository-${index % 300}/blob/main/src/module-${place}/config.ts#L${place + 1}`,
});

// Every fortieth key leaked, in three places.
const leakOf = (key, index) => ({
  fingerprint: Secret.of(fakeKey('api-video', `bench ${index}`)).fingerprint(),
  vendor: 'api-video',
  recognition: { by: 'value' },
  confidence: 'high',
  places: [placeOf(index, 0), placeOf(index, 1), placeOf(index, 2)],
  keys: [{ source: key.source, id: key.id }],
});

function findingOf(index, { id, source }, leak) {
  const rule = `rule-${index % RULES}`;
  const about = { source, id, vendor: 'api-video', name: `service ${id} export`, project: 'Project 1' };
  const subject =
    leak === undefined
      ? { kind: 'key', ...about }
      : { kind: 'leak', ...about, fingerprint: leak.fingerprint };
  return {
    id: fingerprintOf(rule, subject),
    rule,
    severity: SEVERITIES[index % SEVERITIES.length],
    confidence: 'high',
    verdict: index % 11 === 0 ? 'unknown' : 'fail',
    subject,
    message: `The key is ${index % 1_500} days old; at most 90 are allowed.`,
    owner: `team-${index % 40}`,
    status: index % 13 === 0 ? 'known' : 'new',
    places: leak?.places ?? [],
    fix: `Make a new key in project pr1, switch over, then DELETE /projects/pr1/api-keys/${id}.`,
  };
}

const ruleOf = (index) => ({
  id: `rule-${index}`,
  title: `Rule ${index}`,
  subject: index === 0 ? 'leak' : 'key',
  severity: 'high',
  tiers: [...SEVERITIES],
  confidence: 'high',
  audience: 'regular',
  why: 'The longer a key lives, the more people and machines have seen it.',
  fix: { default: 'Make a new key, switch over, delete this one.' },
  needs: [],
  when: 'true',
  params: [],
  maps: [{ standard: 'CWE', id: 'CWE-324', strength: 'partial' }],
  references: ['https://cwe.mitre.org/'],
  file: `keys/rule-${index}.yaml`,
});

function resultOf(size) {
  const keys = Array.from({ length: Math.max(1, size * KEYS_PER_FINDING) }, (_, index) => keyOf(index));
  const leaks = new Map(
    keys.flatMap((key, index) => (index % 40 === 0 ? [[index, leakOf(key, index)]] : [])),
  );
  const findings = Array.from({ length: size }, (_, index) => {
    const at = Math.floor(index * KEYS_PER_FINDING) % keys.length;
    return findingOf(index, keys[at], index % RULES === 0 ? leaks.get(at) : undefined);
  }).sort(compareFindings);
  const coverage = [
    {
      source: 'video',
      kind: 'vendor',
      part: 'keys',
      status: 'complete',
      expected: keys.length,
      seen: keys.length,
    },
    ...Array.from({ length: 300 }, (_, index) => ({
      source: `acme/repository-${index}`,
      kind: 'repository',
      part: 'objects',
      status: 'complete',
      expected: 1_000,
      seen: 1_000,
      head: '2'.repeat(40),
    })),
  ];
  const byVerdict = { fail: 0, pass: 0, unknown: 0, 'not-applicable': 0 };
  for (const { verdict } of findings) byVerdict[verdict] += 1;
  const all = { findings, keys, projects: [], leaks: [...leaks.values()] };
  return {
    schemaVersion: 1,
    tool: { name: 'keyaudit', version: '0.0.0' },
    run: { asOf: AS_OF, startedAt: AS_OF, finishedAt: AS_OF },
    coverage,
    ...all,
    gaps: [],
    counts: count({ ...all, byVerdict }),
    gate: gate({ findings, coverage, policy: { failOn: 'high', newOnly: false, incomplete: 'fail' } }),
    notes: [],
    rules: Array.from({ length: RULES }, (_, index) => ruleOf(index)),
    risks: riskOrder({ ...all, asOf: AS_OF }),
  };
}

async function round(format, size) {
  const result = resultOf(size);
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-bench-'));
  try {
    const [before, cpu] = [performance.now(), process.cpuUsage()];
    let bytes = 0;
    const counting = function* counting(pieces) {
      for (const piece of pieces) {
        bytes += Buffer.byteLength(piece);
        yield piece;
      }
    };
    for (const { path, content } of render(result, [format]))
      await writeWhole(join(folder, path), counting(typeof content === 'string' ? [content] : content));
    const seconds = (performance.now() - before) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const cpuSeconds = (user + system) / 1e6;
    const peakMb = process.resourceUsage().maxRSS / 1_024;
    console.log(JSON.stringify({ seconds, cpuSeconds, bytes, peakMb }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measured(format, size) {
  const argv = [fileURLToPath(import.meta.url), `--round=${format}`, `--findings=${size}`];
  const run = spawnSync(process.execPath, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) process.exit(run.status ?? 1);
  return JSON.parse(run.stdout);
}

function main() {
  const size = Number(option('findings', '100000'));
  const formats = option('formats', Object.keys(REPORTS).join(',')).split(',');
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
  console.log('format    findings  seconds  CPU seconds   files MB  peak MB');
  let missed = false;
  for (const format of formats) {
    const small = measured(format, size / 10);
    const large = measured(format, size);
    for (const [n, { seconds, cpuSeconds, bytes, peakMb }] of [
      [size / 10, small],
      [size, large],
    ])
      console.log(
        `${format.padEnd(9)} ${String(n).padStart(8)} ${seconds.toFixed(2).padStart(8)} ${cpuSeconds.toFixed(2).padStart(12)} ${(bytes / 1e6).toFixed(1).padStart(10)} ${peakMb.toFixed(0).padStart(8)}`,
      );
    const ratio = large.cpuSeconds / small.cpuSeconds;
    const bad = large.peakMb > MAX_MB || ratio > MAX_RATIO;
    console.log(
      `${''.padEnd(9)} ten times the findings: ${ratio.toFixed(1)} times the processor's time${bad ? '  MISSED' : ''}`,
    );
    missed ||= bad;
  }
  process.exitCode = missed ? 1 : 0;
}

const one = option('round');
if (one === undefined) main();
else await round(one, Number(option('findings')));

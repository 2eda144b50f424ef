// Files that keyaudit writes and reads again.
import { AuditError } from '../../../../dist/core/errors/audit-error.js';
import { parseBaseline } from '../../../../dist/findings/baseline.js';
import { historyText, parseHistory } from '../../../../dist/findings/history.js';
import { readInventory } from '../../../../dist/inventory/record.js';
import { ObjectIds } from '../../../../dist/git/object-ids.js';
import { KeptScanFormat } from '../../../../dist/leaks/cache/kept-scan.js';
import { readShard } from '../../../../dist/shards/shard-record.js';
import { mutateBytes, mutateJson, mutateText } from '../mutate.mjs';

const INSTANT = '2026-11-01T00:00:00.000Z';
const gone = { state: 'unknown', reason: 'r' };
const of = (value) => ({ state: 'known', value });

const KEY = {
  source: 'v',
  id: 'k1',
  vendor: 'vidbeo',
  kind: 'API key',
  scope: 'account',
  name: of('web'),
  project: { state: 'not-applicable', reason: 'n' },
  createdAt: of(INSTANT),
  updatedAt: gone,
  expiresAt: of('never'),
  lastUsedAt: gone,
  access: of('read'),
  permissions: of(['fetch']),
  allowlist: of(['10.0.0.0/8']),
  anyAddress: of(false),
  createdBy: gone,
  live: of(true),
  format: gone,
  reaches: of(['a']),
  fingerprint: of(`kf1:43:${'0'.repeat(64)}`),
  usedByAudit: false,
  declared: null,
};
const COVERAGE = {
  source: 'v',
  kind: 'vendor',
  part: 'keys',
  status: 'partial',
  expected: null,
  seen: 1,
  reason: 'r',
};
const INVENTORY = { schemaVersion: 1, collectedAt: INSTANT, keys: [KEY], projects: [], coverage: [COVERAGE] };
const EMPTY_INVENTORY = { ...INVENTORY, keys: [], coverage: [] };

const PLACE = {
  repository: 'r',
  visibility: 'local',
  kind: 'file',
  commit: 'a'.repeat(40),
  path: 'p',
  line: 1,
  column: 1,
  firstSeen: INSTANT,
  inHead: true,
  encoding: 'plain',
  url: null,
};
const SHARD = {
  format: 'keyaudit shard',
  version: 1,
  shard: { index: 1, count: 2 },
  setup: '0'.repeat(64),
  asOf: INSTANT,
  listed: ['r'],
  taken: ['r'],
  sightings: {
    startedAt: INSTANT,
    inventory: INVENTORY,
    candidates: [
      {
        fingerprint: `kf1:43:${'0'.repeat(64)}`,
        vendor: null,
        recognition: { by: 'detector', detector: 'd' },
        confidence: 'low',
        places: [PLACE],
      },
    ],
    coverage: [],
    texts: [],
  },
};

const ENTRY = {
  asOf: INSTANT,
  complete: true,
  active: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
  suppressed: 0,
  unknown: 1,
  keys: 3,
  leaks: 1,
  opened: ['0123456789abcdef'.repeat(2)],
  closed: [],
};
const BASELINES = [
  `# keyaudit baseline 1\n${'0123456789abcdef'.repeat(2)} key-too-old "v/k1"\n`,
  `${'f'.repeat(32)}\r\n\r\n<<<<<<< ours\n${'e'.repeat(32)} rule "a"\n`,
];

function attempt(run) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return undefined;
  }
}

const SCANS = new KeptScanFormat(Buffer.alloc(32, 7), '1');
const IDS = ObjectIds.of(['0a'.repeat(20), '0b'.repeat(20), 'ff'.repeat(20)]);
const SCAN = SCANS.write({
  store: 's',
  covered: ['c'],
  objects: 3,
  telling: IDS,
  gaps: [],
  introducers: IDS,
  walked: { refs: 'r', missing: 0, isShallow: false },
  detours: [],
  body: 'b',
});
const OBJECTS = SCANS.writeObjects({
  scanned: IDS,
  tags: ['00'.repeat(16), '11'.repeat(16)],
  ahead: { ids: ObjectIds.of(['0b'.repeat(20)]), tags: ['22'.repeat(16)] },
});

/** Nothing that was changed since it was written may be believed. */
function readScan(bytes) {
  if (!bytes.equals(SCAN) && SCANS.read(bytes) !== undefined) throw new Error('a changed scan is believed');
  if (!bytes.equals(OBJECTS.bytes) && SCANS.readObjects(bytes, OBJECTS.digest) !== undefined)
    throw new Error('changed objects are believed');
  const ids = ObjectIds.parse(bytes);
  if (ids !== undefined && !ids.equals(ObjectIds.of(ids.list()))) throw new Error('ids out of order');
}

export default [
  {
    name: 'scans that were kept',
    make: (random) => mutateBytes(random.pick([SCAN, OBJECTS.bytes, IDS.bytes]), random),
    run: readScan,
  },
  {
    name: 'recorded inventories',
    // What is refused is read once more as YAML, for its lines, which takes longer the more there is.
    make: (random) => mutateJson([random.chance(1, 8) ? INVENTORY : EMPTY_INVENTORY], random),
    run: (text) => attempt(() => readInventory(text, 'i.json')),
  },
  {
    name: 'shard records',
    make: (random) => mutateJson([SHARD], random),
    run: (text) => attempt(() => readShard(text, 's.json')),
  },
  {
    name: 'history.jsonl',
    make: (random) =>
      random.chance(1, 2)
        ? `${mutateJson([ENTRY], random)}\n${JSON.stringify(ENTRY)}\n`
        : mutateText(historyText([ENTRY]), random, [JSON.stringify(ENTRY)]),
    run: (text) => historyText(parseHistory(text).entries),
  },
  {
    name: 'baseline',
    make: (random) => mutateText(random.pick(BASELINES), random, BASELINES),
    run: (text) => attempt(() => parseBaseline(text, 'b')),
  },
];

// npm run bench:rules -- [--keys=10000] [--rounds=5]
// All rules against many keys, from their records to the ordered observations, each round in a process of its own: the
// time of the judging alone, and the highest memory of the whole process (Node, the rules and the keys included).
// Target: 10,000 keys in one second and 300 MB. Reads what `npm run build` made.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { keyId, sourceId, vendorId } from '../../dist/core/brand.js';
import { known } from '../../dist/core/fact.js';
import { DAY_MS, instantFromMs, instantToMs, parseInstant } from '../../dist/core/instant.js';
import { VOCABULARY } from '../../dist/facts/index.js';
import { eachSubject } from '../../dist/facts/subjects.js';
import { PROJECT_KEY } from '../../dist/providers/api-video/kinds.js';
import { keyRecord } from '../../dist/providers/key-kind.js';
import { VIDBEO_KEY } from '../../dist/providers/vidbeo/kinds.js';
import { judge } from '../../dist/rules/evaluate.js';
import { loadRules } from '../../dist/rules/load.js';

const AS_OF = parseInstant('2026-11-15');
const number = (name, fallback) =>
  Number(process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback);

function record(index) {
  const createdAt = known(instantFromMs(instantToMs(AS_OF) - (index % 700) * DAY_MS));
  const common = { id: keyId(`key${index}`), usedByAudit: false, declared: declaration(index) };
  const facts = { name: known(`service ${index % 997} export`), createdAt, live: known(true) };
  if (index % 2 === 0) {
    const project = known({ id: `pr${index % 1000}`, name: `Project ${index % 1000}` });
    const all = { ...facts, project, access: known('write'), anyAddress: known(true), reaches: known([]) };
    return keyRecord(PROJECT_KEY, {
      ...common,
      source: sourceId('video'),
      vendor: vendorId('api-video'),
      facts: all,
    });
  }
  const [open, writes] = [index % 4 === 1, index % 3 === 0];
  return keyRecord(VIDBEO_KEY, {
    ...common,
    source: sourceId('vidbeo'),
    vendor: vendorId('vidbeo'),
    facts: {
      ...facts,
      permissions: known(writes ? [] : ['fetch']),
      access: known(writes ? 'write' : 'read'),
      allowlist: known(open ? [] : [`11.${index % 250}.${index % 100}.0/24`, `12.0.0.${index % 250}/32`]),
      anyAddress: known(open),
      createdBy: known(`u${index % 50}`),
    },
  });
}

// Nine of ten keys are in the register.
const declaration = (index) =>
  index % 10 === 0
    ? undefined
    : {
        owner: `team-${index % 20}`,
        system: `system-${index % 3000}`,
        access: 'read',
        reviewBy: AS_OF,
        status: 'active',
      };

async function round() {
  const keys = Array.from({ length: number('keys', 10_000) }, (_, index) => record(index));
  const rules = await loadRules({ vocabulary: VOCABULARY });
  const context = {
    asOf: AS_OF,
    egress: ['11.0.0.0/8'],
    roster: ['u1'],
    register: true,
    keys,
    projects: [],
    leaks: [],
  };
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const { byVerdict, observations } = judge(rules, eachSubject(context));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const judgements = Object.values(byVerdict).reduce((sum, count) => sum + count, 0);
  const spent = `${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU), at most ${megabytes} MB`;
  console.log(
    `${judgements} judgements by ${rules.rules.length} rules, ${observations.length} observations: ${spent}`,
  );
}

if (process.argv.includes('--round')) await round();
else {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  for (let index = 1; index <= number('rounds', 5); index += 1) {
    const args = [fileURLToPath(import.meta.url), '--round', ...process.argv.slice(2)];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    process.stdout.write(`round ${index}: ${stdout}${stderr}`);
  }
}

// node scan-once.mjs REPOSITORY KEYS [exact]: what `keyaudit leaks REPOSITORY` does, for keys that are made first, told in JSON.
// `exact`: known values alone, no detectors.
import { conclude } from '../../../dist/audit.js';
import { leaksCommand } from '../../../dist/cli/commands/leaks.js';
import { leakOptions } from '../../../dist/cli/leak-options.js';
import { parseInvocation } from '../../../dist/cli/parse.js';
import { createProcessShell } from '../../../dist/cli/process-shell.js';
import { inAudit } from '../../../dist/cli/run-audit.js';
import { createTempFolders } from '../../../dist/cli/temp-folders.js';
import { Secret } from '../../../dist/core/secret.js';
import { emptyInventory } from '../../../dist/inventory/empty-inventory.js';
import { scanTargets } from '../../../dist/leaks/scan-targets.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { knownKey } from './quiet-context.mjs';

const { signal } = new AbortController();
const temp = createTempFolders();
const shell = createProcessShell({
  quiet: true,
  verbose: false,
  color: false,
  hyperlinks: false,
  signal,
  temp,
});

/** Fake keys are drawn and fingerprints made before any scan begins: an audit's keys are those of its inventory. */
function made(keys) {
  const start = { at: performance.now(), cpu: process.cpuUsage() };
  const known = Array.from({ length: keys }, (_, i) =>
    knownKey(Secret.of(fakeKey('api-video', `bench-${i}`))),
  );
  const { user, system } = process.cpuUsage(start.cpu);
  const keysMade = { seconds: (performance.now() - start.at) / 1e3, cpuSeconds: (user + system) / 1e6 };
  return { known, keysMade };
}

/** As the command does: most scans find nothing, and need no rules. */
async function leakRules({ config }) {
  const { loadLeakRules } = await import('../../../dist/cli/load-rules.js');
  return loadLeakRules(config);
}

/** The whole of the command, but that its keys come from here and that nothing is printed. */
async function scanOnce(path, known, mode) {
  const options = await leakOptions(parseInvocation(leaksCommand, [path, '--quiet']), shell);
  return inAudit(options, shell, async (request, ctx) => {
    const startedAt = ctx.stamp();
    const { targets, texts } = await ctx.gather();
    const detectors = mode === 'exact' ? [] : request.detectors;
    const { candidates, coverage } = await scanTargets({ targets, texts, known, detectors }, ctx);
    const seen = { startedAt, inventory: emptyInventory(ctx.clock), candidates, coverage, texts: [] };
    const rules = candidates.length === 0 ? request.rules : await leakRules(options);
    conclude({ ...request, rules }, seen, ctx.stamp);
    return { candidates, coverage };
  });
}

const [path, keys, mode] = process.argv.slice(2);
const { known, keysMade } = made(Number(keys));
// No part of the program waits for this file, so that this one may wait for them.
void scanOnce(path, known, mode).then(({ candidates, coverage }) => {
  const [objects] = coverage;
  const by = (kind) => candidates.filter(({ recognition }) => recognition.by === kind).length;
  const told = {
    keysMade,
    objects: objects.seen,
    status: objects.status,
    byValue: by('value'),
    byDetector: by('detector'),
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  console.log(JSON.stringify(told));
  temp.removeAll();
});

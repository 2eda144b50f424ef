import type { Check } from '../core/check.js';
import { isKnown } from '../core/fact.js';
import type { Inventory } from '../core/inventory.js';
import type { KeyRecord } from '../core/key.js';
import { checkRegister } from './check-register.js';
import type { CollectedInventory, SourceStats } from './collect.js';
import type { Register } from './register.js';

/** Our judgement: more is no drift between honest clocks, and ages of keys begin to be wrong at midnight. */
const MAX_CLOCK_OFFSET_MS = 5 * 60_000;

/**
 * What reading the sources told about the configuration, the credentials and the machine.
 * @param configured ids of all sources, also of those that could not be asked
 */
export function checkSources(
  { inventory, stats }: Pick<CollectedInventory, 'inventory' | 'stats'>,
  register: Register | undefined,
  configured: ReadonlySet<string>,
): readonly Check[] {
  return [
    ...stats.flatMap((source) => checkSource(source, inventory)),
    ...(register === undefined ? [] : checkRegister(inventory, register, configured)),
  ];
}

function checkSource(stats: SourceStats, inventory: Inventory): readonly Check[] {
  const keys = inventory.keys.filter(({ source }) => source === stats.source);
  return [...checkReading(stats, inventory, keys), ...keys.flatMap(checkKey), ...checkClock(stats)];
}

function checkReading(
  { source, requests }: SourceStats,
  { coverage }: Inventory,
  keys: readonly KeyRecord[],
): readonly Check[] {
  const holes = coverage.filter((entry) => entry.source === source && entry.status !== 'complete');
  if (holes.length === 0) {
    return [
      { level: 'ok', about: source, found: `read completely: ${keys.length} keys, ${requests} requests` },
    ];
  }
  return holes.map(({ part, reason = 'not read' }) => {
    // A reason is what happened and, behind it, the next step.
    const [found = '', ...next] = reason.split(/(?<=[^.]\.) (?=[A-Z])/);
    const advice =
      next.join(' ') || 'run keyaudit doctor again later; if it stays, look at the configuration';
    return { level: 'fail', about: source, found: `${part}: ${found}`, next: advice, fault: 'reading' };
  });
}

function checkKey(key: KeyRecord): readonly Check[] {
  if (key.usedByAudit) return checkOwnKey(key);
  // Only a declared key can be known to be dead while its vendor is asked with it.
  if (key.declared === undefined || !isKnown(key.live) || key.live.value) return [];
  const next = 'take it out of the configuration, or put the key that took its place there';
  return [{ level: 'warn', about: key.source, found: `the declared key ${key.id} is dead`, next }];
}

/** The audit's own key: whether it may do more than an audit needs, which is reading from one place. */
function checkOwnKey({ source, id, vendor, access, permissions, anyAddress, allowlist }: KeyRecord): Check[] {
  const about = source;
  if (!isKnown(access)) {
    return [
      {
        level: 'warn',
        about,
        found: `what the audit's own key may do is not known: ${access.reason}`,
        next: `tell which key it is (auditKeyId), or look at ${vendor}'s dashboard`,
      },
    ];
  }
  const checks: Check[] = [];
  if (access.value === 'read')
    checks.push({ level: 'ok', about, found: `the audit's own key ${id} can only read` });
  else if (permissions.state === 'not-applicable') {
    const found = `the audit's own key ${id} can write: the vendor has no lesser one`;
    checks.push({
      level: 'warn',
      about,
      found,
      next: 'give it to the audit alone, from a secret store, and rotate it',
    });
  } else {
    const next = 'make a key that can only read, give that to the audit, and delete this one';
    checks.push({
      level: 'warn',
      about,
      found: `the audit's own key ${id} can write, and reading is enough`,
      next,
    });
  }
  if (allowlist.state !== 'not-applicable' && isKnown(anyAddress) && anyAddress.value) {
    const next = 'bind it to the addresses of the machine that audits';
    checks.push({
      level: 'warn',
      about,
      found: `the audit's own key ${id} can be used from any address`,
      next,
    });
  }
  return checks;
}

function checkClock({ source, serverAheadMs }: SourceStats): readonly Check[] {
  if (serverAheadMs === undefined || Math.abs(serverAheadMs) <= MAX_CLOCK_OFFSET_MS) return [];
  const minutes = Math.round(Math.abs(serverAheadMs) / 60_000);
  const found = `this machine's clock is ${minutes} minutes ${serverAheadMs > 0 ? 'behind' : 'ahead of'} the vendor's`;
  return [
    {
      level: 'fail',
      about: source,
      found,
      next: 'set it by NTP: ages of keys are counted by it',
      fault: 'configuration',
    },
  ];
}

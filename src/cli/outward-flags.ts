import { UsageError } from '../core/errors/audit-error.js';
import { dateOf } from '../core/instant.js';
import { withAgeChecked } from '../inventory/inventory-age.js';
import { type AuditOptions, now } from './audit-options.js';
import { type Invocation, switchedOn } from './command.js';
import type { Shell } from './shell.js';

/** What an audit tells others of its own accord, beyond its reports. */
export interface Outward {
  readonly upload: boolean;
  /** `plan`: only say what would be written. */
  readonly issues: 'no' | 'plan' | 'write';
}

/**
 * Reads the flags, before anything is asked. What others act on must be true today: they would reopen what is fixed, and
 * close what is not.
 * @throws UsageError for a day that is not today, an old inventory, or flags that lack another one
 */
export function outwardFlags(invocation: Invocation, options: AuditOptions, shell: Shell): Outward {
  const upload = switchedOn(invocation, 'upload');
  const asked = switchedOn(invocation, 'open-issues');
  const confirmed = switchedOn(invocation, 'yes');
  if (upload && !options.formats.includes('sarif'))
    throw new UsageError('--upload needs sarif among the formats');
  if (confirmed && !asked) throw new UsageError('--yes confirms --open-issues, which is not given');
  if (asked && options.config.reports.issues === undefined)
    throw new UsageError('--open-issues needs reports.issues in the configuration', {
      hint: 'name the repository there: reports: { issues: { repository: acme/security } }',
    });
  if (upload) assertCurrent('--upload', options, shell);
  if (asked) assertCurrent('--open-issues', options, shell);
  return { upload, issues: asked ? (confirmed ? 'write' : 'plan') : 'no' };
}

function assertCurrent(flag: string, { asOf, recorded, config }: AuditOptions, shell: Shell): void {
  const today = now(shell);
  if (dateOf(asOf) !== dateOf(today))
    throw new UsageError(`${flag}: others would take ${dateOf(asOf)}, the day of --as-of, for today`, {
      hint: 'leave out --as-of, or leave out what is sent',
    });
  const limit = { asOf: today, maxAgeDays: config.gate.maxInventoryAgeDays };
  if (recorded !== undefined && withAgeChecked(recorded, limit) !== recorded)
    throw new UsageError(`${flag}: the inventory is too old to tell others what is true today`, {
      hint: 'record it again: keyaudit collect --out FILE (gate.maxInventoryAgeDays is the limit)',
    });
}

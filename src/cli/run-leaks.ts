import { conclude, look } from '../audit.js';
import type { AuditResult } from '../core/result.js';
import type { AuditOptions } from './audit-options.js';
import { inAudit } from './run-audit.js';
import type { Shell } from './shell.js';

/** An audit of repositories alone. Most find nothing, so what judges is loaded once there is something to judge. */
export function runLeaks(options: AuditOptions, shell: Shell): Promise<AuditResult> {
  return inAudit(options, shell, async (request, ctx) => {
    const seen = await look(request, ctx);
    if (seen.candidates.length + seen.inventory.keys.length === 0) return conclude(request, seen, ctx.stamp);
    const { loadLeakRules } = await import('./load-rules.js');
    return conclude({ ...request, rules: await loadLeakRules(options.config) }, seen, ctx.stamp);
  });
}

import type { Coverage } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import type { RunContext } from '../core/run-context.js';

/** What nobody could read, and why. @throws what nobody outside can have caused: that is a bug; `signal.reason` when aborted. */
export function failedCoverage(
  { source, part }: Pick<Coverage, 'source' | 'part'>,
  error: unknown,
  ctx: Pick<RunContext, 'signal'>,
): Coverage {
  ctx.signal.throwIfAborted();
  return {
    source,
    kind: 'repository',
    part,
    status: 'failed',
    expected: undefined,
    seen: 0,
    reason: reasonOf(error),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof AuditError) return [error.message, error.hint].filter(Boolean).join('; ');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') throw error;
  return `cannot be read (${code}): check that it is there and that you may read it`;
}

import { onAbort } from './on-abort.js';

export interface Deadline {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/**
 * Does some work with a signal that is aborted together with another one, or after a time on the real clock. The controller is
 * held until the work has ended: of `AbortSignal.any` over `AbortSignal.timeout` Node 20 holds nothing, so that the collector takes
 * them away while their work waits, and the time never ends.
 * @throws what the work throws; the time alone throws nothing.
 */
export async function withDeadline<T>(
  { signal, timeoutMs }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  const release = onAbort(signal, stop);
  if (signal.aborted) stop();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    release();
  }
}

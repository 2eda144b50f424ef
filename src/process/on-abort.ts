import { setMaxListeners } from 'node:events';

/**
 * 64 repositories at once, with a few processes and requests each, all of which one signal ends. Node warns of more than ten,
 * which may be listeners that nobody removes: beyond this it still does.
 */
const MAX_AT_ONCE = 1_000;

/** Calls back when a signal is aborted. @returns what takes it back, to be called in any case. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  setMaxListeners(MAX_AT_ONCE, signal);
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}

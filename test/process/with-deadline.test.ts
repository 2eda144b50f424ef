import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../src/process/with-deadline.js';

const never = new AbortController().signal;
const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped')));

describe('work with a deadline', () => {
  it('is told when its time is up', async () => {
    expect(await withDeadline({ signal: never, timeoutMs: 10 }, untilAborted)).toBe('stopped');
  });

  it('is told even after the collector has been there, to whom nobody but a listener shows the signal', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    let isStopped = false;
    const work = (signal: AbortSignal): Promise<void> => {
      signal.addEventListener('abort', () => (isStopped = true));
      return delay(300);
    };
    const working = withDeadline({ signal: never, timeoutMs: 150 }, work);
    for (let turn = 0; turn < 5; turn += 1) {
      if (typeof collect === 'function') collect();
      await delay(10);
    }
    await working;
    expect(typeof collect).toBe('function');
    expect(isStopped).toBe(true);
  });

  it('is told when the run is interrupted, before it or meanwhile, and why', async () => {
    const run = new AbortController();
    const waiting = withDeadline({ signal: run.signal, timeoutMs: 60_000 }, async (signal) => {
      await untilAborted(signal);
      return signal.reason;
    });
    run.abort('interrupted');
    expect(await waiting).toBe('interrupted');
    const now = async (signal: AbortSignal): Promise<boolean> => signal.aborted;
    expect(await withDeadline({ signal: run.signal, timeoutMs: 60_000 }, now)).toBe(true);
  });

  it('leaves nothing behind once it has ended: no timer, no listener', async () => {
    const left: AbortSignal[] = [];
    await withDeadline({ signal: never, timeoutMs: 20 }, async (signal) => void left.push(signal));
    await delay(40);
    expect(left.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

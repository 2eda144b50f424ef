import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onAbort } from '../../src/process/on-abort.js';
import { runProcess } from '../../src/process/run.js';

let warnings: string[];
const note = ({ name }: Error): void => void warnings.push(name);
beforeEach(() => {
  warnings = [];
  process.on('warning', note);
});
afterEach(() => void process.off('warning', note));

const request = (ms: number) => ({
  command: process.execPath,
  args: ['-e', `setTimeout(() => {}, ${ms})`],
  env: {},
  cwd: process.cwd(),
  timeoutMs: 30_000,
  maxOutputBytes: 1_000,
});

describe('one signal that ends many things', () => {
  it('has a listener for each of them, of which Node does not warn', async () => {
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 12 }, () => runProcess(request(50), { signal })));
    // Warnings come a turn later.
    await delay(10);
    expect(warnings).toEqual([]);
  }, 30_000);

  it('is still warned of when listeners are never taken back', async () => {
    const { signal } = new AbortController();
    for (let count = 0; count <= 1_000; count += 1) onAbort(signal, () => count);
    await delay(10);
    expect(warnings).toEqual(['MaxListenersExceededWarning']);
  });

  it('calls back once, and not what was taken back', () => {
    const controller = new AbortController();
    const called: string[] = [];
    onAbort(controller.signal, () => called.push('kept'));
    onAbort(controller.signal, () => called.push('taken back'))();
    controller.abort();
    controller.abort();
    expect(called).toEqual(['kept']);
  });
});

import { writeFileSync } from 'node:fs';

/** Which parts of the memory Linux writes into a core file (core(5)); children inherit it. */
const CORE_FILTER = '/proc/self/coredump_filter';

/**
 * Keeps the memory, and so the keys in it, out of the files that a crash may leave: core files hold no memory any more (where
 * there is Linux), and Node's diagnostic reports, which list the environment, are not written by themselves.
 */
export function sealMemory(): void {
  try {
    writeFileSync(CORE_FILTER, '0');
  } catch {
    // Another system: there `ulimit -c 0` does it.
  }
  process.report.reportOnFatalError = false;
  process.report.reportOnUncaughtException = false;
  process.report.reportOnSignal = false;
}

import type { Config } from '../config/config.js';
import { checkDetectors } from '../leaks/detectors/check-detectors.js';
import { BUILT_IN_DETECTORS } from '../leaks/detectors/load-detectors.js';
import { counted } from '../reports/words/number-text.js';
import { configuredDetectors } from './load-detectors.js';
import type { Shell } from './shell.js';

/**
 * Runs the examples of the detectors that a configuration names, and lists what became of imported rules.
 * @returns how many examples failed.
 */
export async function testDetectors(config: Config, shell: Shell): Promise<number> {
  const { detectors, imports } = await configuredDetectors(config);
  const own = detectors.filter(({ file }) => !file.startsWith(BUILT_IN_DETECTORS));
  const failures = checkDetectors(own);
  for (const { detector, failure } of failures) shell.print(`${detector}: ${failure}`);
  for (const { file, detectors: imported, refused, unheeded } of imports) {
    shell.print(`${file}: ${imported.length} translated, ${refused.length} refused`);
    for (const { rule, why } of refused) shell.print(`  refused ${rule}: ${why}`);
    for (const { rule, what } of unheeded) shell.print(`  ${rule}: not heeded: ${what}`);
  }
  if (own.length > 0)
    shell.print(`${counted(own.length, 'detector')} of your own, ${failures.length} failed`);
  return failures.length;
}

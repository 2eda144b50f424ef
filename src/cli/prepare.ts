import { basename } from 'node:path';
import { BUILT_IN_DETECTORS, loadDetectors } from '../leaks/detectors/load-detectors.js';
import { defaultConfig } from './default-config.js';
import { rulesOf } from './load-rules.js';
import type { Prepared } from './prepared.js';

/** Reads and checks the built-in files; for the build, and for the test that holds its result against them. */
export async function prepare(): Promise<Prepared> {
  const config = await defaultConfig();
  const detectors = await loadDetectors([BUILT_IN_DETECTORS]);
  return {
    config,
    detectors: detectors.map((detector) => ({ ...detector, file: basename(detector.file) })),
    rules: (await rulesOf(config, 'leak')).rules,
  };
}

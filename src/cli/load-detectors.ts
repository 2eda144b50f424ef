import type { Config } from '../config/config.js';
import {
  type ConfiguredDetectors,
  importNotes,
  loadConfiguredDetectors,
} from '../leaks/detectors/configured-detectors.js';
import { besideConfig } from './load-config.js';

export { importNotes };

/** The built-in detectors and those that a configuration names. */
export const configuredDetectors = (config: Config): Promise<ConfiguredDetectors> =>
  loadConfiguredDetectors({
    detectors: config.leaks.detectors.map((path) => besideConfig(config, path)),
    gitleaks: config.leaks.gitleaks.map((path) => besideConfig(config, path)),
  });

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.js';
import type { Rule } from '../core/rule.js';
import type { Detector } from '../leaks/detectors/detector.js';

/** What a leak scan needs of the built-in files, as they read once they are checked: reading YAML takes longer than a small scan. */
export interface Prepared {
  /** What counts where no configuration is. */
  readonly config: Config;
  /** With the names of their files alone. */
  readonly detectors: readonly Detector[];
  /** The rules about leaks. */
  readonly rules: readonly Rule[];
}

/** Made by `npm run build` beside the compiled program; a program that runs from its sources has none. */
export const PREPARED_FILE = new URL('../prepared.json', import.meta.url);
const DETECTORS = fileURLToPath(new URL('../../rules/detectors/', import.meta.url));

/** Undefined where it was not made: then the files themselves are read. */
export function readPrepared(): Prepared | undefined {
  const text = textOf(PREPARED_FILE);
  if (text === undefined) return undefined;
  const prepared = JSON.parse(text) as Prepared; // written by prepare.ts
  const detectors = prepared.detectors.map((detector) => ({ ...detector, file: DETECTORS + detector.file }));
  return { ...prepared, detectors };
}

function textOf(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

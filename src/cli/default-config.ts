import type { Config } from '../config/config.js';

/** What counts where no configuration is. */
export async function defaultConfig(): Promise<Config> {
  const { readConfig } = await import('../config/config.js');
  return readConfig({ file: 'built-in defaults', text: 'version: 1' });
}

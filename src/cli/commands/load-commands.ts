import type { Command } from '../command.js';

/** Where the commands are that begin with a word: most of a short run's time would go into loading the others. */
const LOADERS: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  leaks: async () => [(await import('./leaks.js')).leaksCommand],
  fingerprint: async () => [(await import('./fingerprint.js')).fingerprintCommand],
};

/** The commands that a command line may mean, by its first word: one alone, or all of them. */
export async function loadCommands(word: string | undefined): Promise<readonly Command[]> {
  const load = word !== undefined && Object.hasOwn(LOADERS, word) ? LOADERS[word] : undefined;
  return load === undefined ? (await import('./index.js')).COMMANDS : load();
}

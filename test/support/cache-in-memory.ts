import { ScanCache, type CacheFolder } from '../../src/leaks/cache/scan-cache.js';

export interface MemoryFolder extends CacheFolder {
  readonly files: Map<string, Buffer>;
}

/** A cache's folder without a disk. */
export function memoryFolder(key = Buffer.alloc(32, 7)): MemoryFolder {
  const files = new Map<string, Buffer>();
  return {
    key,
    files,
    nameOf: (gitDir) => gitDir,
    read: async (file) => files.get(file),
    write: async (file, bytes) => void files.set(file, bytes),
    async removeOthers(prefix, file) {
      for (const name of files.keys()) if (name.startsWith(prefix) && name !== file) files.delete(name);
    },
  };
}

export const cacheOf = (folder: CacheFolder, tool = 'keyaudit test'): ScanCache =>
  new ScanCache({ folder, tool });

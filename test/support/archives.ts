import { gzipSync } from 'node:zlib';
import { GitRepository, temporaryFolder } from './git-repository.js';

export type Contents = Readonly<Record<string, string | Uint8Array>>;

/** A real archive of some files, packed by git. */
export function archiveOf(format: 'zip' | 'tar', contents: Contents): Buffer {
  const repository = new GitRepository(temporaryFolder());
  for (const [path, content] of Object.entries(contents)) repository.write(path, content);
  repository.commit();
  return repository.bytesOf('archive', `--format=${format}`, 'HEAD');
}

export const zipOf = (contents: Contents): Buffer => archiveOf('zip', contents);
export const tarOf = (contents: Contents): Buffer => archiveOf('tar', contents);
export const tgzOf = (contents: Contents): Buffer => gzipSync(tarOf(contents));

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

/** As `ar` writes it; names of more than fifteen characters stand in a table. */
export function arOf(contents: Readonly<Record<string, string | Uint8Array>>): Buffer {
  let names = '';
  const entries = Object.entries(contents).map(([name, content]) => {
    if (name.length < 16) return arEntry(`${name}/`, Buffer.from(content));
    const offset = names.length;
    names += `${name}/\n`;
    return arEntry(`/${offset}`, Buffer.from(content));
  });
  const table = names === '' ? [] : [arEntry('//', Buffer.from(names))];
  return Buffer.concat([Buffer.from('!<arch>\n'), ...table, ...entries]);
}

/** A file's contents begin at even offsets. */
export function arEntry(name: string, content: Uint8Array): Buffer {
  const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6).repeat(2)}${'100644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`;
  return Buffer.concat([Buffer.from(header), content, Buffer.alloc(content.length & 1, 10)]);
}

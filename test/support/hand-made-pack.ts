import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { GitRepository } from './git-repository.js';

/** Chains of versions of the same length, each made from the one before by replacing what lies between the first and the last byte that differ. */
export function handMadePack(repository: GitRepository, chains: readonly (readonly Buffer[])[]): string {
  const parts: Buffer[] = [Buffer.from('PACK'), Buffer.from([0, 0, 0, 2]), Buffer.alloc(4)];
  parts[2]?.writeUInt32BE(chains.flat().length);
  for (const chain of chains) {
    for (const [i, version] of chain.entries()) {
      const base = chain[i - 1];
      const last = parts.at(-1);
      if (base === undefined) parts.push(entryOf(2, deflateSync(version), version.length));
      else {
        const delta = deltaOf(base, version);
        // How far back its base begins, in the way of offsets: 128 and more take a second byte.
        const back = last?.length ?? 0;
        const offset = back < 128 ? [back] : [0x80 | ((back >>> 7) - 1), back & 127];
        parts.push(entryOf(6, Buffer.concat([Buffer.from(offset), deflateSync(delta)]), delta.length));
      }
    }
  }
  const body = Buffer.concat(parts);
  const whole = Buffer.concat([body, createHash('sha1').update(body).digest()]);
  repository.gitWith(whole, 'index-pack', '--stdin');
  return packIn(repository);
}

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);

/** Its first byte has four bits of the size. */
const entryOf = (type: number, rest: Buffer, size: number): Buffer =>
  Buffer.concat([
    Buffer.from([
      (size > 15 ? 128 : 0) | (type << 4) | (size & 15),
      ...(size > 15 ? varint(size >>> 4) : []),
    ]),
    rest,
  ]);

function deltaOf(base: Buffer, version: Buffer): Buffer {
  const differing = [...version.keys()].filter((i) => version[i] !== base[i]);
  const [from, to] = [differing[0] ?? 0, (differing.at(-1) ?? 0) + 1];
  const copy = (at: number, n: number): number[] =>
    n === 0 ? [] : [0xb3, at & 255, at >>> 8, n & 255, n >>> 8];
  return Buffer.concat([
    Buffer.from([...varint(base.length), ...varint(version.length), ...copy(0, from), to - from]),
    version.subarray(from, to),
    Buffer.from(copy(to, version.length - to)),
  ]);
}

/** Path of a repository's only pack, without its ending. */
export function packIn(repository: GitRepository): string {
  const folder = join(repository.path, '.git/objects/pack');
  const name = readdirSync(folder).find((file) => file.endsWith('.pack')) ?? '';
  return join(folder, name.slice(0, -'.pack'.length));
}

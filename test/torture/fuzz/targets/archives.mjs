// Archives in a repository: zip, gzip and tar, one in another.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { ArchiveReader } from '../../../../dist/leaks/archives/archive-reader.js';
import { runToEnd } from '../../../../dist/leaks/archives/steps.js';
import { Secret } from '../../../../dist/core/secret.js';
import { compileNeedles } from '../../../../dist/leaks/needles.js';
import { fakeKey } from '../../../../dist/sandbox/fake-keys.js';
import { mutateBytes } from '../mutate.mjs';

const secret = Secret.of(fakeKey('api-video', 'packed'));
const needles = compileNeedles({ known: [{ fingerprint: secret.fingerprint(), secret }], detectors: [] });
const CONTENT = Buffer.from(`key = "${fakeKey('api-video', 'packed')}"\n${'line\n'.repeat(20)}`);

function tar(name, content) {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.fill(' ', 148, 156);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(512 - (content.length % 512)), Buffer.alloc(1024)]);
}

function zip(name, content) {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const shared = (header, at) => {
    header.writeUInt16LE(20, at);
    header.writeUInt16LE(8, at + 4);
    header.writeUInt32LE(packed.length, at + 14);
    header.writeUInt32LE(content.length, at + 18);
    header.writeUInt16LE(name.length, at + 22);
  };
  shared(local, 4);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  shared(central, 6);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

const SEEDS = [
  gzipSync(CONTENT),
  tar('a/b.txt', CONTENT),
  zip('c.txt', CONTENT),
  gzipSync(tar('d.txt', CONTENT)),
  zip('e.zip', zip('f.txt', CONTENT)),
];

function scan(bytes) {
  const reader = new ArchiveReader(needles);
  runToEnd(reader.scanWhole(bytes, () => 'archive'));
  for (let at = 0; at < bytes.length; at += 100) reader.push(bytes.subarray(at, at + 100));
  runToEnd(reader.finish(() => 'archive'));
  if (reader.gaps.total > 0 && reader.gaps.reasons().length === 0) throw new Error('a gap without a reason');
}

for (const seed of SEEDS) {
  const hits = runToEnd(new ArchiveReader(needles).scanWhole(seed, () => 'archive'));
  if (hits.length === 0) throw new Error('a seed that is no archive');
}

export default [{ name: 'archives', make: (random) => mutateBytes(random.pick(SEEDS), random), run: scan }];

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArchiveReader } from '../../../src/leaks/archives/archive-reader.js';
import { runToEnd } from '../../../src/leaks/archives/steps.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { compileNeedles } from '../../../src/leaks/needles.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { arOf, tarOf, tgzOf, zipOf } from '../../support/archives.js';
import { knownKey } from '../../support/scan.js';

const key = fakeKey('vidbeo', 'archived');
const unknown = fakeKey('cognitive3d', 'archived');
const needles = compileNeedles({
  known: [knownKey(key)],
  detectors: await loadDetectors(['rules/detectors']),
});
const text = `first line\n key ${key}\n`;

interface Read {
  readonly found: readonly string[];
  readonly gaps: readonly string[];
}

/** In pieces of any size, as files and objects come. */
function read(content: Uint8Array, pieceBytes = 100_000): Read {
  const reader = new ArchiveReader(needles);
  for (let at = 0; at < content.length; at += pieceBytes) reader.push(content.subarray(at, at + pieceBytes));
  const hits = runToEnd(reader.finish(() => 'it'));
  const found = hits.map(({ inside, line, column }) => `${inside ?? 'outside'} ${line}:${column}`);
  return { found, gaps: reader.gaps.reasons() };
}

const foundIn = (content: Uint8Array): readonly string[] => read(content).found;

describe('a key inside of', () => {
  const files = { 'a/clean.txt': 'nothing', 'b.txt': text };
  it.each([
    ['gzip', () => gzipSync(text), [' 2:6']],
    ['zip', () => zipOf(files), ['b.txt 2:6']],
    ['tar', () => tarOf(files), ['b.txt 2:6']],
    ['tar in gzip', () => tgzOf(files), ['b.txt 2:6']],
    ['zip in zip', () => zipOf({ 'in.zip': zipOf(files) }), ['in.zip!/b.txt 2:6']],
    ['gzip in zip', () => zipOf({ 'x/log.gz': gzipSync(text) }), ['x/log.gz 2:6']],
    ['ar', () => arOf(files), ['b.txt 2:6']],
    [
      'tar in gzip in ar',
      () => arOf({ 'control.tar.gz': tgzOf({ postinst: text }) }),
      ['control.tar.gz!/postinst 2:6'],
    ],
    ['a zip that could have had several parts', () => severalParts(zipOf({ 'b.txt': text })), ['b.txt 2:6']],
    ['gzip in tar in gzip', () => tgzOf({ 'log.gz': gzipSync(text) }), ['log.gz 2:6']],
    ['tar in zip, both ways', () => zipOf({ 'in.tar': tarOf(files) }), ['in.tar!/b.txt 2:6']],
    [
      'a path of more than 100 characters in tar',
      () => tarOf({ [`${'d/'.repeat(80)}f`]: key }),
      [`${'d/'.repeat(80)}f 1:1`],
    ],
    [
      'a name of more than 100 characters in tar',
      () => tarOf({ ['n'.repeat(150)]: key }),
      [`${'n'.repeat(150)} 1:1`],
    ],
    ['an entry that is merely stored', () => zipOf({ s: key }), ['s 1:1']],
    ['two entries', () => zipOf({ a: key, b: key }), ['a 1:1', 'b 1:1']],
    ['tar without a mark', () => withoutMark(tarOf({ b: text })), ['b 2:6']],
    ['tar without a mark in gzip', () => gzipSync(withoutMark(tarOf({ b: text }))), ['b 2:6']],
    ['a program that unpacks itself', () => Buffer.concat([PROGRAM, zipOf(files)]), ['b.txt 2:6']],
    [
      'a script that unpacks itself, with a comment',
      () => Buffer.concat([Buffer.from('#!/bin/sh\n'), withComment(zipOf(files), 'bye')]),
      ['b.txt 2:6'],
    ],
    ['zip with larger numbers than 32 bits', () => withLargerNumbers(zipOf({ b: text })), ['b 2:6']],
    ['UTF-16 text in zip', () => zipOf({ wide: Buffer.from(text, 'utf16le') }), ['wide 2:12']],
  ])('%s is found at its place', (_, make, expected) => {
    const content = make();
    expect(read(content)).toEqual({ found: expected, gaps: [] });
    expect(read(content, 97).found).toEqual(expected);
  });

  it('a name in it is found', () => {
    expect(foundIn(zipOf({ [`x-${key}.txt`]: 'clean' }))).toEqual([`x-${key}.txt 1:3`]);
  });

  it('a symbolic link in tar is found', () => {
    const tar = tarOf({ a: 'x' });
    const header = tar.indexOf('ustar') - 257 + 512 * 2; // behind the archive's own comment
    expect(tar.toString('latin1', header, header + 1)).toBe('a');
    tar.write(key, header + 157);
    tar.write('2', header + 156);
    withChecksum(tar, header);
    expect(foundIn(tar)).toContain('a 1:1');
  });

  it('an unknown key is recognised by its shape', () => {
    expect(foundIn(zipOf({ 'conf.env': `C3D=${unknown}` }))).toEqual(['conf.env 1:5']);
  });

  it('an archive is not told twice, but what only its outside shows is', () => {
    expect(foundIn(Buffer.concat([gzipSync(`x ${key}`), Buffer.from(` ${key}`)]))).toEqual([' 1:3']);
    expect(foundIn(withComment(zipOf({ a: 'clean' }), key))).toEqual([expect.stringMatching(/^outside /)]);
  });
});

describe('what cannot be read in an archive is counted', () => {
  const zip = (): Buffer => zipOf({ a: text.repeat(50), b: 'clean' });
  it.each([
    ['encrypted entries', () => patched(zip(), DIRECTORY, 8, 1), '1 encrypted'],
    ['an unknown method', () => patched(zip(), DIRECTORY, 10, 93), '1 packed by an unknown method'],
    ['an entry whose place is wrong', () => patched(zip(), DIRECTORY, 42, 7), '1 damaged'],
    ['a zip that is cut off', () => zip().subarray(0, -70), '1 damaged'],
    ['a zip of one header only', () => zip().subarray(0, 40), '1 damaged'],
    [
      'gzip of nothing sensible',
      () => Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(300, 7)]),
      '1 damaged',
    ],
    ['a tar whose header is damaged', () => patched(tarOf({ a: text }), 'ustar', -200, 7), '1 damaged'],
    ['7z in tar in gzip', () => tgzOf({ a: unopened('377abcaf271c') }), '1 7z, which is not opened'],
    [
      'xz in ar, as packages of Debian have it',
      () => arOf({ 'data.tar.xz': unopened('fd377a585a00') }),
      '1 xz, which is not opened',
    ],
    ['an ar that is cut off', () => arOf({ a: text.repeat(9) }).subarray(0, -70), '1 damaged'],
    [
      'an ar whose second header is damaged',
      () => Buffer.concat([arOf({ a: 'x' }), Buffer.alloc(60, 1)]),
      '1 damaged',
    ],
    [
      'a program of more than 64 MiB that unpacks itself',
      () => Buffer.concat([PROGRAM, Buffer.alloc(65 * 1024 * 1024), zipOf({ a: 'x' })]),
      '1 beyond the limits',
    ],
    ['gzip of zeros', () => gzipSync(Buffer.alloc(64 * 1024 * 1024)), '1 beyond the limits'],
    ['a zip in a zip in a zip in a zip in a zip', () => nested(5), '1 beyond the limits'],
    [
      'an archive of more than 64 MiB',
      () => Buffer.concat([gzipSync('x'), Buffer.alloc(65 * 1024 * 1024)]),
      '1 beyond the limits',
    ],
  ])('%s', (_, make, expected) => {
    expect(read(make(), 8 * 1024 * 1024).gaps.join()).toContain(expected);
  });

  it.each([
    ['xz', 'fd377a585a00'],
    ['bzip2', '425a6839314159265359'],
    ['zstd', '28b52ffd'],
    ['7z', '377abcaf271c'],
    ['rar', '526172211a07'],
    ['lz4', '04224d18'],
    ['lz4', '02214c18'],
    ['lzip', '4c5a495001'],
    ['lzma', '5d00008000ffffffffffffffff'],
    ['lzop', '894c5a4f000d0a1a0a'],
    ['compress', '1f9d90'],
    ['cab', '4d53434600000000'],
    ['rpm', 'edabeedb'],
    ['xar', '7861722100'],
    ['compress', '1f9d8c'],
    ['arj', '60ea2c0022'],
    ['arj', '60ea29001e'],
    ['lzh', '24762d6c68352d'],
    ['lzh', '1b002d6c7a732d'],
  ])('a whole archive of the kind %s (%s)', (kind, magic) => {
    const reason = `in archives not everything was read: 1 ${kind}, which is not opened (it)`;
    expect(read(unopened(magic)).gaps).toEqual([reason]);
  });

  it.each([
    ['text that only begins like lzh', 'no-lhs-of-it\n'.repeat(60)],
    ['two bytes of arj alone', Buffer.concat([Buffer.from([0x60, 0xea]), Buffer.alloc(700, 7)])],
  ])('not %s', (_, content) => {
    expect(read(Buffer.from(content)).gaps).toEqual([]);
  });

  it('each kind by itself, in the same order whatever comes first', () => {
    const [first, second] = [unopened('28b52ffd'), unopened('fd377a585a00')];
    const expected = '2 xz, which is not opened, 1 zstd, which is not opened';
    expect(read(zipOf({ a: first, b: second, c: second })).gaps.join()).toContain(expected);
    expect(read(zipOf({ a: second, b: second, c: first })).gaps.join()).toContain(expected);
  });

  it('a zip with 10,000 names for the same zeros, after a few of them only', () => {
    // All of them would take minutes.
    expect(read(overlapping(zipOf({ a: Buffer.alloc(32 * 1024 * 1024) }), 10_000)).gaps.join()).toContain(
      'beyond the limits',
    );
  });

  it('and the rest is read', () => {
    const both = zipOf({ a: 'x'.repeat(100), b: key });
    expect(foundIn(patched(both, DIRECTORY, 8, 1))).toEqual(['b 1:1']);
    const broken = gzipSync(`${key}\n${noise(50_000)}`);
    expect(read(broken.subarray(0, broken.length - 5000))).toMatchObject({
      found: [' 1:1'],
      gaps: [expect.stringContaining('1 damaged')],
    });
  });

  it('and never ends in an exception, wherever bytes are changed', () => {
    const archives = [zip(), tgzOf({ a: text }), tarOf({ a: text }), gzipSync(text)];
    for (const archive of archives) {
      for (let at = 0; at < Math.min(archive.length, 1500); at += 37) {
        const changed = Buffer.from(archive);
        changed[at] = (changed[at] ?? 0) ^ 0xff;
        expect(() => read(changed)).not.toThrow();
        expect(() => read(archive.subarray(0, at))).not.toThrow();
      }
    }
  });
});

describe('what only looks like an archive is none', () => {
  it.each([
    ['fewer bytes than any archive has', () => Buffer.from('1f8b080000000000000003', 'hex')],
    ['a program', () => PROGRAM],
    [
      'a program of more than 64 MiB with the sign of zip in it',
      () => Buffer.concat([PROGRAM, Buffer.from('PK\x05\x06'), Buffer.alloc(66 * 1024 * 1024)]),
    ],
    [
      'a program that speaks of zip',
      () => Buffer.concat([PROGRAM, Buffer.from('PK\x05\x06'), Buffer.alloc(400, 7)]),
    ],
    ['text that begins as lzip does', () => Buffer.from('LZIP is a format, of which there are others')],
    ['text that begins as cab does', () => Buffer.from('MSCF stands for something, or for nothing')],
    ['text that begins as lzma does', () => Buffer.concat([Buffer.from(']\0\0'), Buffer.alloc(50, 65)])],
    ['text that begins as bzip2 does', () => Buffer.from('BZh9 is how it begins, and so on and on')],
    ['numbers where tar has a checksum', () => Buffer.from(`${'a'.repeat(148)}000123\0 ${'b'.repeat(500)}`)],
  ])('%s', (_, make) => {
    expect(read(make(), 8 * 1024 * 1024)).toEqual({ found: [], gaps: [] });
  });
});

describe('what a tar in gzip holds besides its files', () => {
  it('is searched too, and told without a line', () => {
    const tar = tarOf({ a: 'clean', b: key });
    const behind = Buffer.concat([tar, Buffer.from(`\n\n ${unknown}`)]);
    expect(foundIn(gzipSync(behind))).toContain(' 1:1');
  });
});

const PROGRAM = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(3000, 3)]);

/** The mark of a part stands before all; offsets count from behind it, or from it. */
const severalParts = (zip: Buffer): Buffer => Buffer.concat([Buffer.from('PK\x07\x08'), zip]);

const unopened = (magic: string): Buffer => Buffer.concat([Buffer.from(magic, 'hex'), Buffer.alloc(700, 9)]);

/** As tar was written before it had one; only the first header, which tells the kind. */
function withoutMark(tar: Buffer): Buffer {
  const copy = Buffer.from(tar.subarray(1024)); // behind the archive's own comment
  copy.fill(0, 257, 512);
  withChecksum(copy, 0);
  return copy;
}

/** The first entry's numbers, and the directory's, in the fields for larger ones. */
function withLargerNumbers(zip: Buffer): Buffer {
  const from = zip.indexOf(DIRECTORY, 0, 'latin1');
  const to = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const nameEnd = from + 46 + zip.readUInt16LE(from + 28);
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  for (const [i, at] of [24, 20, 42].entries())
    field.writeBigUInt64LE(BigInt(zip.readUInt32LE(from + at)), 4 + 8 * i);
  const entry = Buffer.concat([zip.subarray(from, nameEnd), field, zip.subarray(nameEnd, to)]);
  entry.writeUInt16LE(zip.readUInt16LE(from + 30) + field.length, 30);
  for (const at of [24, 20, 42]) entry.writeUInt32LE(0xffffffff, at);
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(BigInt(entry.length), 40);
  large.writeBigUInt64LE(BigInt(from), 48);
  large.writeUInt32LE(0x07064b50, 56);
  const end = Buffer.from(zip.subarray(to));
  end.writeUInt32LE(0xffffffff, 12);
  end.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([zip.subarray(0, from), entry, large, end]);
}

const DIRECTORY = 'PK\x01\x02';

/** Changes one byte, counted from the first place of a text. */
function patched(archive: Buffer, mark: string, offset: number, byte: number): Buffer {
  const copy = Buffer.from(archive);
  copy[copy.indexOf(mark, 0, 'latin1') + offset] = byte;
  return copy;
}

/** Lists the only file of a zip again and again, always at the same place. */
function overlapping(zip: Buffer, times: number): Buffer {
  const [at, end] = [DIRECTORY, 'PK\x05\x06'].map((mark) => zip.lastIndexOf(mark, undefined, 'latin1'));
  const entry = zip.subarray(at, end);
  const rest = Buffer.from(zip.subarray(end));
  rest.writeUInt32LE(entry.length * times, 12);
  return Buffer.concat([zip.subarray(0, at), ...Array.from({ length: times }, () => entry), rest]);
}

function nested(depth: number): Buffer {
  return depth === 1 ? zipOf({ a: key }) : zipOf({ z: nested(depth - 1) });
}

function withComment(zip: Buffer, comment: string): Buffer {
  const copy = Buffer.concat([
    zip.subarray(0, zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 22),
    Buffer.from(comment),
  ]);
  copy.writeUInt16LE(comment.length, copy.length - comment.length - 2);
  return copy;
}

function withChecksum(tar: Buffer, header: number): void {
  tar.write('        ', header + 148);
  const sum = tar.subarray(header, header + 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148);
}

/** Text that does not pack well. */
function noise(bytes: number): string {
  let state = 1;
  return Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return String.fromCharCode(33 + ((state >>> 24) % 90));
  }).join('');
}

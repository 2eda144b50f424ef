import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** One file in an archive, made without any program; each format by its own description. */
type Pack = (name: string, bytes: Buffer) => Buffer;

const zipWith =
  (method: 0 | 8): Pack =>
  (name, bytes) => {
    const packed = method === 0 ? bytes : deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    const head = [Buffer.from('PK\x01\x02\x14\0', 'latin1'), shared, Buffer.alloc(14), Buffer.from(name)];
    const directory = Buffer.concat(head);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(local.length, 16);
    return Buffer.concat([local, directory, end]);
  };

const tar: Pack = (name, bytes) => {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        0', 148);
  header.write('ustar\0', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc(1024 + ((512 - (bytes.length % 512)) % 512))]);
};

/** Ways to pack a file, and where in the archive it then is. */
export const PACKERS: readonly { readonly inside: string; readonly pack: (bytes: Buffer) => Buffer }[] = [
  { inside: '', pack: (bytes) => gzipSync(bytes) },
  { inside: '!/a.env', pack: (bytes) => zipWith(8)('a.env', bytes) },
  { inside: '!/d/stored', pack: (bytes) => zipWith(0)('d/stored', bytes) },
  { inside: '!/in.zip!/b.txt', pack: (bytes) => zipWith(8)('in.zip', zipWith(8)('b.txt', bytes)) },
  { inside: '!/etc/c', pack: (bytes) => tar('etc/c', bytes) },
  { inside: '!/etc/c', pack: (bytes) => gzipSync(tar('etc/c', bytes)) },
  {
    inside: '!/behind',
    pack: (bytes) => Buffer.concat([Buffer.from('MZ\0'), Buffer.alloc(900, 1), zipWith(8)('behind', bytes)]),
  },
];

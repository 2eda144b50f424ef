// Archives that are made to be unpacked without end.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { packedZeros } from './many-zeros.mjs';
import { makeRepository } from './raw-git.mjs';

const entryNumbers = (name, { packed, size, method = 8 }) => {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(method, 4);
  bytes.writeUInt32LE(packed.length, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
};

/** A local header and what it packs. */
const local = (name, entry) =>
  Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    entryNumbers(name, entry),
    Buffer.from(name),
    entry.packed,
  ]);

function listed(name, entry, at) {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(at, 10);
  return Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    entryNumbers(name, entry),
    rest,
    Buffer.from(name),
  ]);
}

/** @param places `[name, entry, at]`: several may be at one place */
function zipOf(locals, places) {
  const body = Buffer.concat(locals);
  const directory = Buffer.concat(places.map((place) => listed(...place)));
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, directory, end]);
}

function zipEach(entries) {
  let at = 0;
  const locals = entries.map(([name, entry]) => local(name, entry));
  const places = entries.map(([name, entry], i) => {
    const place = [name, entry, at];
    at += locals[i].length;
    return place;
  });
  return zipOf(locals, places);
}

const stored = (bytes) => ({ packed: bytes, size: bytes.length, method: 0 });
const deflated = (bytes) => ({ packed: deflateRawSync(bytes), size: bytes.length });

/** 50,000 names of one and the same 10 GB. */
function overlapping() {
  const entry = { packed: packedZeros({ pieces: 640 }), size: 0xffffffff };
  const places = Array.from({ length: 50_000 }, (_, i) => [`n${String(i).padStart(6, '0')}`, entry, 0]);
  return zipOf([local('n000000', entry)], places);
}

/** Sixteen in sixteen in sixteen in sixteen, the innermost with 4 GB each. */
function tower() {
  let bytes = zipEach([['zeros', { packed: packedZeros({ pieces: 256 }), size: 0xffffffff }]]);
  for (let depth = 0; depth < 4; depth += 1)
    bytes = zipEach(Array.from({ length: 16 }, (_, i) => [`z${i}.zip`, deflated(bytes)]));
  return bytes;
}

const repeated = (bytes, times) => {
  let packed = bytes;
  for (let i = 0; i < times; i += 1) packed = gzipSync(packed);
  return packed;
};

/** A tar header whose size is what it says. */
function tarHeader(name, size) {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write('0000644\0', 100);
  if (Buffer.isBuffer(size)) size.copy(header, 124);
  else header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('ustar\x0000', 257);
  header.fill(' ', 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

const inFiles = (files) => (folder) => makeRepository(folder, files());

/** @param tools the leak's text, and a gzip of zeros */
export function bombs({ LEAK, gzipZeros }) {
  return [
    {
      what: 'a gzip of 10 GB of zeros',
      build: inFiles(() => ({ 'a.gz': gzipZeros({ pieces: 640, after: LEAK }), 'k.env': LEAK })),
      found: true,
      told: true,
    },
    {
      what: '300 gzips of 256 MB each',
      build: inFiles(() =>
        Object.fromEntries(
          Array.from({ length: 300 }, (_, i) => [
            `a${i}.gz`,
            gzipZeros({ pieces: 16, after: Buffer.from(`${i}`) }),
          ]).concat([['k.env', LEAK]]),
        ),
      ),
      found: true,
      told: true,
      timeoutMs: 180_000,
    },
    {
      what: 'a zip with 50,000 names for the same 10 GB',
      build: inFiles(() => ({ 'a.zip': overlapping(), 'k.env': LEAK })),
      found: true,
      told: true,
    },
    {
      what: 'a zip with 10 GB in its first entry, and the key in its second',
      build: inFiles(() => ({
        'a.zip': zipEach([
          ['zeros', { packed: packedZeros({ pieces: 640 }), size: 0xffffffff }],
          ['k.env', deflated(LEAK)],
        ]),
      })),
      found: true,
      told: true,
    },
    {
      what: 'zips in zips in zips in zips: 65,536 of 4 GB',
      build: inFiles(() => ({ 'a.zip': tower(), 'k.env': LEAK })),
      found: true,
      told: true,
    },
    {
      what: 'the key four archives deep',
      build: inFiles(() => ({ 'a.gz': repeated(LEAK, 4) })),
      found: true,
    },
    {
      what: 'the key in a gzip in a zip in a tar in a gzip',
      build: inFiles(() => {
        const zip = zipEach([['k.gz', stored(gzipSync(LEAK))]]);
        return {
          'a.tgz': gzipSync(
            Buffer.concat([
              tarHeader('a.zip', zip.length),
              zip,
              Buffer.alloc(1024 + 512 - (zip.length % 512)),
            ]),
          ),
        };
      }),
      found: true,
    },
    {
      what: 'a thousand gzips in one another',
      build: inFiles(() => ({ 'a.gz': repeated(LEAK, 1000), 'k.env': LEAK })),
      found: true,
      told: true,
    },
    {
      what: 'tars with sizes of 8 GB, of 2^95, of less than nothing and of no number',
      build: inFiles(() => {
        const sizes = {
          large: 0o77777777777,
          huge: Buffer.from([0x80, 0x7f, ...Buffer.alloc(10, 0xff)]),
          negative: Buffer.alloc(12, 0xff),
          none: Buffer.from('9z9z9z9z9z9\0'),
        };
        const tars = Object.entries(sizes).map(([name, size]) => [
          `${name}.tar`,
          Buffer.concat([tarHeader('k.env', size), LEAK, Buffer.alloc(2048)]),
        ]);
        return Object.fromEntries(tars);
      }),
      found: true,
    },
  ];
}

import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/secret.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { compileNeedles } from '../../../src/leaks/needles.js';
import { scanBytes } from '../../../src/leaks/scan-bytes.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';

const needles = compileNeedles({ known: [], detectors: await loadDetectors(['rules/detectors']) });
const org = fakeKey('cognitive3d', 'encoded');
const other = fakeKey('cognitive3d', 'encoded too');
const legacy = fakeKey('cognitive3d-legacy', 'encoded');
const video = fakeKey('api-video', 'encoded');
const vidbeo = fakeKey('vidbeo', 'encoded');

interface Found {
  readonly encoding: string;
  readonly fingerprint: string;
  readonly from: number;
}

const found = (text: string | Buffer): Found[] =>
  scanBytes(Buffer.from(text), needles).map(({ encoding, fingerprint, from }) => ({
    encoding,
    fingerprint,
    from,
  }));

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const wide = (text: string): string => Buffer.from(text, 'utf16le').toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');

describe('an unknown key is found in', () => {
  it.each([
    ['base64', `x: ${base64(org)}`, org, 'base64'],
    ['base64 behind one byte', `"${base64(`"${org}"`)}"`, org, 'base64'],
    ['base64 behind two bytes', base64(`=>${org} and more`), org, 'base64'],
    ['base64 without padding', base64(`k ${org}`).replaceAll('=', ''), org, 'base64'],
    ['base64 for addresses', base64url(`?>?>~~ ${org}`), org, 'base64url'],
    [
      'base64 of a request',
      base64(`curl -H "Authorization: APIKEY:ORGANIZATION ${legacy}" https://a.b`),
      legacy,
      'base64',
    ],
    [
      'base64 of UTF-16, as PowerShell takes it',
      `powershell -EncodedCommand ${wide(`$k = '${org}'`)}`,
      org,
      'base64',
    ],
    ['hex', `0x${hex(org)}`, org, 'hex'],
    ['hex in capitals', hex(`key ${org}`).toUpperCase(), org, 'hex'],
    ['a Kubernetes secret', `kind: Secret\ndata:\n  VIDBEO_API_KEY: ${base64(vidbeo)}\n`, vidbeo, 'base64'],
    [
      'a Kubernetes secret with a line feed in it',
      `data:\n  c3d_key: ${base64(`${legacy}\n`)}\n`,
      legacy,
      'base64',
    ],
    ['an assigned value, encoded', `C3D_API_KEY="${base64(legacy)}"`, legacy, 'base64'],
    [
      'JSON next to the name',
      `{"apiVideoApiKey": "${base64(video)}", "host": "ws.api.video"}`,
      video,
      'base64',
    ],
    [
      'a file of settings, encoded whole',
      `vidbeo.env: ${base64(`PORT=1\nVIDBEO_KEY=${vidbeo}\n`)}`,
      vidbeo,
      'base64',
    ],
    ['hex after a telling name', `VIDBEO_SECRET=${hex(vidbeo)}`, vidbeo, 'hex'],
  ])('%s', (_, text, key, encoding) => {
    expect(found(text)).toEqual([
      { encoding, fingerprint: Secret.of(key).fingerprint(), from: expect.any(Number) },
    ]);
  });

  it('one run with another, each at its place', () => {
    const run = base64(`first ${org} second ${other}`);
    expect(found(`> ${run}`).map(({ from }) => from)).toEqual([10, 62]);
  });

  it('UTF-16 text, encoded in there', () => {
    expect(found(Buffer.from(`\ufeffkey: ${base64(org)}`, 'utf16le'))).toHaveLength(1);
  });

  it('a run of megabytes', () => {
    const run = base64(`${'x'.repeat(300_000)} ${org} ${'y'.repeat(300_000)}`);
    expect(found(run)).toMatchObject([{ encoding: 'base64' }]);
  });
});

describe('nothing is found in', () => {
  it.each([
    ['base64 of the prefix alone', base64('the prefix orgkey- marks a key of an organization')],
    ['base64 of an example', base64('orgkey-abcdef1234567890')],
    ['base64 of a placeholder', `VIDBEO_API_KEY: ${base64('your-api-key-goes-right-here')}`],
    ['base64 of a name', `VIDBEO_API_KEY_NAME: ${base64('the vidbeo key of production')}`],
    ['a value far away from the name', `vidbeo${' '.repeat(3000)}key: ${base64(vidbeo)}`],
    ['the same shape near another vendor', `apiKey: ${base64(video)}`],
    ['bytes that are no text', `cognitive3d integrity: ${Buffer.alloc(60, 0xf1).toString('base64')}`],
    ['base64 of base64', base64(base64(org))],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('hostile text', () => {
  it.each([
    ['keywords in base64 only', 'b3Jna2V5L'.repeat(300_000)],
    ['runs near keywords only', `vidbeo ${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldY '.repeat(30)}`.repeat(3000)],
    ['vendors and hex only', `c3d_${'61'.repeat(500)} `.repeat(3000)],
  ])('of %s takes less than ten seconds', (_, text) => {
    const start = performance.now();
    found(text);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

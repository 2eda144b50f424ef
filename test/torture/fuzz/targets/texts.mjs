// Small languages, and the hostile text in which keys are looked for.
import { readAllowlist } from '../../../../dist/addresses/allowlist.js';
import { parseFingerprint } from '../../../../dist/core/digest.js';
import { instantToMs, parseInstant } from '../../../../dist/core/instant.js';
import { baseUrlSchema } from '../../../../dist/http/base-url.js';
import { BUILT_IN_DETECTORS, loadDetectors } from '../../../../dist/leaks/detectors/load-detectors.js';
import { compileNeedles } from '../../../../dist/leaks/needles.js';
import { ContentReader } from '../../../../dist/leaks/content-reader.js';
import { Secret } from '../../../../dist/core/secret.js';
import { fakeKey } from '../../../../dist/sandbox/fake-keys.js';
import { mutateBytes, mutateText } from '../mutate.mjs';

const INSTANTS = ['2026-11-01', '2026-11-01T00:00:00.123Z', '2024-02-29 23:59:59+05:30', '0000-01-01T00:00Z'];
const RANGES = ['10.0.0.0/8', '::ffff:1.2.3.4/96', '2a0e:fd45::/32', '1.2.3.4', '0.0.0.0/0', 'fe80::1%eth0'];
const URLS = ['https://api.example/v2', 'http://127.0.0.1:4817/x', 'http://[::1]:9', 'https://a:b@c/?d#e'];
const PRINTS = [`kf1:43:${'0a'.repeat(32)}`];

const value = fakeKey('api-video', 'known');
const hashed = fakeKey('cognitive3d-legacy', 'hashed');
const needles = compileNeedles({
  known: [
    { fingerprint: Secret.of(value).fingerprint(), secret: Secret.of(value) },
    { fingerprint: Secret.of(hashed).fingerprint() },
  ],
  detectors: await loadDetectors([BUILT_IN_DETECTORS]),
});
const CONTENTS = [
  `new ApiVideoClient({ apiKey: "${value}" }) // api.video\n`,
  `C3D_ETL_KEY=${hashed}\nAuthorization: APIKEY:ORGANIZATION ${hashed}\n`,
  `vidbeo_api_key: '${fakeKey('vidbeo', 'x')}' https://api.vidbeo.com\n`,
  `Authorization: Basic ${Buffer.from(`${value}:`).toString('base64')} ws.api.video\n`,
  `{"token":"eyJhbGciOiJI.eyJhdWQiOiJ2aWRiZW8ifQ.c2ln"}`,
].map((text) => Buffer.from(text));
const WIDE = CONTENTS.map((bytes) => Buffer.from(bytes.toString(), 'utf16le'));

function scan(bytes) {
  const whole = new ContentReader(needles).scanWhole(bytes);
  needles.met.clear();
  for (const { from, to } of whole)
    if (!(from >= 0 && to <= bytes.length && from < to)) throw new Error('a place outside');
}

export default [
  {
    name: 'dates and times',
    make: (random) => mutateText(random.pick(INSTANTS), random, INSTANTS),
    run(text) {
      const instant = parseInstant(text);
      if (instant !== undefined && !Number.isFinite(instantToMs(instant))) throw new Error('no time');
    },
  },
  {
    name: 'addresses and ranges',
    make: (random) => [mutateText(random.pick(RANGES), random, RANGES), random.pick(RANGES)],
    run: (texts) => readAllowlist(texts),
  },
  {
    name: 'base URLs',
    make: (random) => mutateText(random.pick(URLS), random, URLS),
    run(text) {
      const { data } = baseUrlSchema.safeParse(text);
      if (data !== undefined && !/^https?:$/.test(new URL(data).protocol)) throw new Error('not HTTP');
    },
  },
  {
    name: 'fingerprints',
    make: (random) => mutateText(random.pick(PRINTS), random, PRINTS),
    run: (text) => parseFingerprint(text),
  },
  {
    name: 'contents in which keys are looked for',
    make: (random) => mutateBytes(random.pick(random.chance(1, 4) ? WIDE : CONTENTS), random),
    run: scan,
  },
];

import { createHash } from 'node:crypto';

const digestOf = (seed: string, encoding: 'base64url' | 'hex'): string =>
  createHash('sha256').update(`decoy ${seed}`).digest(encoding);

/** 43 characters of the alphabet of an api.video key, and none: a digest, as lock files and asset maps are full of. */
const assetMap = (): string => {
  const entries = Array.from({ length: 24 }, (_, index) => [
    `assets/clip-${index}.mp4`,
    digestOf(`asset ${index}`, 'base64url').replaceAll(/[-_]/g, 'x'),
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
};

const VENDOR_GUIDE = `# Talking to our vendors

Never write a key into a file. In examples we write what the vendors write:

    curl -u "YOUR_API_KEY:" https://ws.api.video/videos
    curl -H "Authorization: Bearer your_api_key_here" https://api.vidbeo.com/v2/videos
    curl -H "Authorization: orgkey-abcdef1234567890" https://api.cognitive3d.com/v0/organizations/apiKeys/whoami
    curl -H "Authorization: APIKEY:ORGANIZATION abcdef1234567890" https://api.cognitive3d.com/v0/organizations/apiKeys/whoami

A key that was pushed is a key that must be replaced, even when nobody noticed.
`;

const COMPOSE = `services:
  web:
    environment:
      APIVIDEO_API_KEY: \${APIVIDEO_API_KEY}
      VIDBEO_API_KEY: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      C3D_API_KEY: \${C3D_API_KEY:?set it in your shell}
`;

const lockFile = (): string =>
  `${JSON.stringify(
    {
      lockfileVersion: 3,
      packages: {
        'node_modules/hls-kit': { version: '2.1.0', integrity: `sha256-${digestOf('lock', 'base64url')}=` },
        'node_modules/api-video-mock': {
          resolved: `git+ssh://git.fjordlight.example/mock.git#${digestOf('commit', 'hex').slice(0, 40)}`,
        },
      },
    },
    null,
    2,
  )}\n`;

/** A file that looks as if it held a key and does not: a scan must say nothing about it. */
export interface Decoy {
  readonly repository: string;
  readonly path: string;
  readonly text: string;
}

export const DECOYS: readonly Decoy[] = [
  { repository: 'docs', path: 'guides/vendors.md', text: VENDOR_GUIDE },
  { repository: 'web-shop', path: 'assets.json', text: assetMap() },
  { repository: 'academy', path: 'docker-compose.yml', text: COMPOSE },
  { repository: 'design-tokens', path: 'package-lock.json', text: lockFile() },
];

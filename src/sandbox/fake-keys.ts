import { createHash } from 'node:crypto';

/**
 * Fake keys for the sandbox and the tests, in the vendors' shapes and visibly fake: every one begins with a mark
 * (`FAKE`, or `fake` after a vendor's prefix), and the rest is drawn from a small alphabet. The same seed gives the same key.
 */
export type FakeKeyKind =
  | 'api-video' // 43 of [A-Za-z0-9]
  | 'api-video-upload-token' // `to` + 22
  | 'vidbeo' // 40; the vendor documents no shape
  | 'cognitive3d' // `orgkey-` + 24
  | 'cognitive3d-legacy' // 32; sent behind `APIKEY:ORGANIZATION `
  | 'github'; // a token of our own shape, not GitHub's

interface Shape {
  readonly head: string;
  readonly length: number;
  readonly alphabet: string;
}

const MIXED = 'FAKEfake0123456789';
const LOWER = 'fake0123456789';

const SHAPES = {
  'api-video': { head: 'FAKE', length: 43, alphabet: MIXED },
  'api-video-upload-token': { head: 'toFAKE', length: 24, alphabet: MIXED },
  vidbeo: { head: 'FAKE', length: 40, alphabet: MIXED },
  cognitive3d: { head: 'orgkey-fake', length: 31, alphabet: LOWER },
  'cognitive3d-legacy': { head: 'fake', length: 32, alphabet: LOWER },
  github: { head: 'FAKE_github_', length: 40, alphabet: MIXED },
} satisfies Record<FakeKeyKind, Shape>;

/** @param seed any text; names the key ("prod-1"). */
export function fakeKey(kind: FakeKeyKind, seed: string): string {
  const { head, length, alphabet } = SHAPES[kind];
  let tail = '';
  for (let block = 0; head.length + tail.length < length; block += 1) {
    const digest = createHash('sha256').update(`${kind}\0${seed}\0${block}`).digest();
    for (const byte of digest) tail += alphabet.charAt(byte % alphabet.length);
  }
  return (head + tail).slice(0, length);
}

import { createHash } from 'node:crypto';

/** `kf1:<length>:<64 lower-case hex digits>`, made by `Secret.fingerprint`. */
export type Fingerprint = string & { readonly __brand: 'Fingerprint' };

const FINGERPRINT = /^kf1:([1-9]\d{0,4}):[0-9a-f]{64}$/;

/** Checks the form of a fingerprint that somebody wrote down. */
export function parseFingerprint(text: string): Fingerprint | undefined {
  return FINGERPRINT.test(text) ? (text as Fingerprint) : undefined;
}

/** The length of the key that a fingerprint stands for, in characters. */
export function fingerprintLength(fingerprint: Fingerprint): number {
  return Number(FINGERPRINT.exec(fingerprint)?.[1]);
}

/** SHA-256 over parts that cannot run into each other, as lower-case hex. */
export function digestOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

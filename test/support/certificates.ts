import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, as `tls` takes them. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

interface Issuer extends Certified {
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface CertificateRequest {
  /** DNS names and IPv4 addresses that it is for. */
  readonly hosts: readonly string[];
  /** Signed by itself where left out. */
  readonly issuer?: Issuer;
  /** Days from now at which it begins and ends to be valid. */
  readonly from?: number;
  readonly to?: number;
}

const DAY_MS = 86_400_000;

// X.509 in as much of DER as tests need; so they need neither openssl nor a library. Names are those of RFC 5280.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
const TRUE = der(0x01, Buffer.from([0xff]));
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const BASIC_CONSTRAINTS = oid('551d13');
const SUBJECT_ALT_NAME = oid('551d11');

const nameOf = (text: string): Buffer =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));
const momentOf = (ms: number): Buffer =>
  der(0x18, Buffer.from(new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
const hostOf = (host: string): Buffer =>
  /^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

/** An authority that no machine knows. */
export function certificateAuthority(name: string): Issuer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extension = sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE)));
  const self = { name, privateKey };
  const cert = certificate({ name, publicKey, issuer: self, extension, from: -1, to: 30 });
  return { ...self, cert, key: pemOf(privateKey) };
}

/** A certificate for a server. */
export function serverCertificate({ hosts, issuer, from = -1, to = 30 }: CertificateRequest): Certified {
  const name = hosts[0] ?? 'nobody';
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extension = sequence(SUBJECT_ALT_NAME, octets(sequence(...hosts.map(hostOf))));
  const by = issuer ?? { name, privateKey };
  return { cert: certificate({ name, publicKey, issuer: by, extension, from, to }), key: pemOf(privateKey) };
}

interface Fields {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly issuer: Pick<Issuer, 'name' | 'privateKey'>;
  readonly extension: Buffer;
  readonly from: number;
  readonly to: number;
}

function certificate({ name, publicKey, issuer, extension, from, to }: Fields): string {
  const now = Date.now();
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    nameOf(issuer.name),
    sequence(momentOf(now + from * DAY_MS), momentOf(now + to * DAY_MS)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = bits(sign('sha256', signed, issuer.privateKey));
  const text = sequence(signed, ECDSA_WITH_SHA256, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

import ipaddr from 'ipaddr.js';

/** A CIDR range as numbers. `first` and `last` are inclusive; `prefix` counts within its own family. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
  /** The text had bits set behind the prefix: `192.0.2.7/24`. The range is that of the whole network. */
  readonly hostBits: boolean;
}

const BITS = { 4: 32, 6: 128 } as const;
const MAPPED_PREFIX = 96;
// The longest written form, an IPv6 address that ends in dotted decimal with `/128`, has 49 characters.
const MAX_LENGTH = 64;

/**
 * Reads one entry of an allowlist: an address or a CIDR range. An IPv4-mapped IPv6 entry is the IPv4 range that it maps.
 * Answers undefined for everything else: names, wildcards, `a-b`, netmasks, short, octal or hexadecimal IPv4 forms,
 * leading zeros, blanks, and addresses with a zone (`%eth0`), which mean nothing outside of their own host.
 */
export function parseRange(text: string): AddressRange | undefined {
  if (text.length > MAX_LENGTH || /[^0-9A-Fa-f:./]/.test(text)) return undefined;
  const [address = '', prefixText, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const parsed = parseAddress(address);
  if (parsed === undefined) return undefined;
  const prefix = prefixText === undefined ? parsed.bits : parsePrefix(prefixText, parsed.bits);
  return prefix === undefined ? undefined : unmapped(rangeOf(parsed.value, prefix, parsed.bits));
}

function parseAddress(text: string): { readonly value: bigint; readonly bits: number } | undefined {
  const valid = text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!valid) return undefined;
  const bytes = ipaddr.parse(text).toByteArray();
  return { value: bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n), bits: bytes.length * 8 };
}

function parsePrefix(text: string, bits: number): number | undefined {
  if (!/^(0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const prefix = Number(text);
  return prefix <= bits ? prefix : undefined;
}

function rangeOf(value: bigint, prefix: number, bits: number): AddressRange {
  const mask = (1n << BigInt(bits - prefix)) - 1n;
  const first = value & ~mask;
  return { family: bits === 32 ? 4 : 6, first, last: first | mask, prefix, hostBits: first !== value };
}

const MAPPED_FIRST = 0xffffn << 32n;

function unmapped(range: AddressRange): AddressRange {
  const mapped = range.family === 6 && range.prefix >= MAPPED_PREFIX && range.first >> 32n === 0xffffn;
  if (!mapped) return range;
  return {
    ...range,
    family: 4,
    first: range.first - MAPPED_FIRST,
    last: range.last - MAPPED_FIRST,
    prefix: range.prefix - MAPPED_PREFIX,
  };
}

/** Whether every address of `inner` is one of `outer`. */
export const covers = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

/** The number of the last address of a family; the first is 0. */
export const lastAddressOf = (family: 4 | 6): bigint => (1n << BigInt(BITS[family])) - 1n;

// Names of ipaddr.js for the special-purpose registries of RFC 6890 whose addresses no vendor ever sees as a caller.
const UNREACHABLE = new Set<string>([
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'carrierGradeNat',
  'private',
  'reserved',
  'benchmarking',
  'uniqueLocal',
]);

/** Whether the whole range lies in one special-purpose block that cannot reach a vendor over the internet. */
export function isReserved(range: AddressRange): boolean {
  const first = registryOf(range, range.first);
  return UNREACHABLE.has(first) && first === registryOf(range, range.last);
}

function registryOf({ family }: AddressRange, address: bigint): string {
  const bytes: number[] = [];
  for (let shift = BigInt(BITS[family] - 8); shift >= 0n; shift -= 8n) {
    bytes.push(Number((address >> shift) & 0xffn));
  }
  return ipaddr.fromByteArray(bytes).range();
}

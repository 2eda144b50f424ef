import { describe, expect, it } from 'vitest';
import { covers, isReserved, parseRange } from '../../src/addresses/address-range.js';

const shown = (text: string): string => {
  const range = parseRange(text);
  return range === undefined
    ? 'none'
    : `v${range.family} /${range.prefix}${range.hostBits ? ' host bits' : ''}`;
};

describe('parseRange', () => {
  it.each([
    ['192.0.2.7', 'v4 /32'],
    ['192.0.2.7/32', 'v4 /32'],
    ['192.0.2.0/24', 'v4 /24'],
    ['192.0.2.7/24', 'v4 /24 host bits'],
    ['0.0.0.0/0', 'v4 /0'],
    ['2001:db8::1', 'v6 /128'],
    ['2001:db8::/32', 'v6 /32'],
    ['2001:db8::1/32', 'v6 /32 host bits'],
    ['::/0', 'v6 /0'],
    ['::ffff:192.0.2.7', 'v4 /32'],
    ['::ffff:192.0.2.0/120', 'v4 /24'],
    ['::ffff:192.0.2.7/120', 'v4 /24 host bits'],
    ['::ffff:c000:207', 'v4 /32'],
    ['::ffff:0:0/96', 'v4 /0'],
    ['::ffff:0:0/95', 'v6 /95 host bits'],
    ['2001:DB8::A/128', 'v6 /128'],
  ])('reads %s as %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['', 'nothing'],
    ['office', 'a word'],
    ['*', 'a wildcard'],
    ['192.0.2.*', 'a wildcard'],
    ['192.0.2.1-192.0.2.9', 'a span'],
    ['192.0.2.0/255.255.255.0', 'a netmask'],
    ['192.0.2.0/33', 'a prefix that is too long'],
    ['2001:db8::/129', 'a prefix that is too long'],
    ['192.0.2.0/-1', 'a negative prefix'],
    ['192.0.2.0/', 'an empty prefix'],
    ['192.0.2.0/024', 'a prefix with a leading zero'],
    ['192.0.2.0/24/24', 'two prefixes'],
    ['192.0.2', 'a short form'],
    ['3221225991', 'a number'],
    ['0xc0.0.2.1', 'a hexadecimal form'],
    ['192.0.2.01', 'a leading zero, which some read as octal'],
    ['010.0.0.1', 'a leading zero, which some read as octal'],
    ['256.0.0.1', 'a byte that is too large'],
    [' 192.0.2.7', 'a blank'],
    ['192.0.2.7\n', 'a line break'],
    ['fe80::1%eth0', 'a zone'],
    ['fe80::1%eth0/64', 'a zone'],
    ['[2001:db8::1]', 'brackets'],
    ['192.0.2.7:443', 'a port'],
    ['2001:db8:::1', 'three colons'],
    ['١٩٢.0.2.7', 'digits of another script'],
    ['1'.repeat(10_000), 'a very long text'],
  ])('does not read %j: %s', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });
});

describe('covers', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.7/32', true],
    ['192.0.2.0/24', '192.0.2.0/24', true],
    ['192.0.2.0/24', '192.0.3.0/32', false],
    ['192.0.2.0/25', '192.0.2.0/24', false],
    ['::/0', '192.0.2.7', false],
    ['192.0.2.0/24', '::ffff:192.0.2.7', true],
  ])('of %s and %s is %s', (outer, inner, expected) => {
    const [a, b] = [parseRange(outer), parseRange(inner)];
    expect(a !== undefined && b !== undefined && covers(a, b)).toBe(expected);
  });
});

describe('isReserved', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['10.1.2.3/32', true],
    ['172.16.0.0/12', true],
    ['172.32.0.0/12', false],
    ['192.168.1.0/24', true],
    ['100.64.0.0/10', true],
    ['127.0.0.1', true],
    ['169.254.0.0/16', true],
    ['192.0.2.0/24', true],
    ['198.51.100.7', true],
    ['224.0.0.1', true],
    ['255.255.255.255', true],
    ['0.0.0.0', true],
    ['8.8.8.8', false],
    ['0.0.0.0/0', false],
    ['0.0.0.0/1', false],
    ['8.0.0.0/6', false],
    ['fe80::1', true],
    ['fc00::/7', true],
    ['ff02::1', true],
    ['::1', true],
    ['::', true],
    ['2001:db8::/32', true],
    ['2a00:1450::/32', false],
    ['::/0', false],
    ['::ffff:10.0.0.1', true],
  ])('of %s is %s', (text, expected) => {
    const range = parseRange(text);
    expect(range !== undefined && isReserved(range)).toBe(expected);
  });
});

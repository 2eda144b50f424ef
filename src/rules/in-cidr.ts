import ipaddr from 'ipaddr.js';

/** Whether an address lies in a CIDR range. A text that is neither is not "no": throws, so that the verdict is unknown. */
export function inCidr(address: string, range: string): boolean {
  // The library's parser also takes short and octal IPv4 forms, which mean different things to different readers.
  const strict = address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!strict) throw new RangeError('inCidr: the first text is no address');
  const inner = ipaddr.process(address);
  const [network, bits] = ipaddr.parseCIDR(range);
  return inner.kind() === network.kind() && inner.match(network, bits);
}

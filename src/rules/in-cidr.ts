import ipaddr from 'ipaddr.js';

/** Whether an address lies in a CIDR range. A text that is neither is not "no": throws, so that the verdict is unknown. */
export function inCidr(address: string, range: string): boolean {
  const inner = ipaddr.process(address);
  const [network, bits] = ipaddr.parseCIDR(range);
  return inner.kind() === network.kind() && inner.match(network, bits);
}

/**
 * Addresses of the seeded company. The ranges that standards reserve for documentation can never reach a vendor, and the
 * audit rightly says so; these are ordinary unicast addresses, and nothing in the sandbox ever talks to them.
 */
export const EGRESS = {
  officeNorth: '11.64.12.0/28',
  cloudEast: '11.80.4.0/27',
  cloudWest: '11.80.132.0/27',
  cloudSix: '2a0e:fd45:2a:100::/64',
} as const;

/** One of the company's own addresses; `index` 0 to 13. */
export const officeAddress = (index: number): string => `11.64.12.${1 + (index % 14)}/32`;
/** `index` 0 to 29. */
export const cloudAddress = (index: number): string =>
  index % 2 === 0 ? `11.80.4.${1 + (index % 30)}/32` : `11.80.132.${1 + (index % 30)}/32`;
/** `index` 0 to 9. */
export const cloudAddressSix = (index: number): string => `2a0e:fd45:2a:100::${1 + (index % 9)}/128`;

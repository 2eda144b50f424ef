/** `kf1:43:0123456789ab…`: enough to tell two strings apart by eye. The complete one stands in the JSON. */
export function fingerprintShort(fingerprint: string): string {
  const match = /^(kf1:\d+:[0-9a-f]{12})[0-9a-f]+$/.exec(fingerprint);
  return match === null ? fingerprint : `${match[1]}…`;
}

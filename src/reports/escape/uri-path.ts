/**
 * A slash-separated path as a relative URI reference: no scheme, no `./`, no backslash, each segment percent-encoded.
 * Broken text becomes U+FFFD. Segments that would climb are encoded twice, so that nobody resolves them.
 */
export function uriPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0 ? '_' : segments.map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  if (segment === '..') return '%252E%252E';
  return encodeURIComponent(Buffer.from(segment, 'utf8').toString('utf8'));
}

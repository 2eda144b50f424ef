import type { Needles } from './needles.js';
import { scanBytes } from './scan-bytes.js';

/** A path as reports may show it: a file can be named after a key. */
export function cleanPathOf(needles: Needles): (path: string) => string {
  return (path) => {
    const bytes = Buffer.from(path, 'utf8');
    const hits = scanBytes(bytes, needles);
    const parts: Buffer[] = [];
    let at = 0;
    for (const { from, to } of hits) {
      parts.push(bytes.subarray(at, Math.max(at, from)), Buffer.from('[redacted]'));
      at = Math.max(at, to);
    }
    return hits.length === 0 ? path : Buffer.concat([...parts, bytes.subarray(at)]).toString('utf8');
  };
}

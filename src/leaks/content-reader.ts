import { type Hit, type LocatedHit } from './hit.js';
import type { Needles } from './needles.js';
import { scanBytes } from './scan-bytes.js';

/** Contents up to this size are scanned in one piece, larger ones in pieces. */
export const WINDOW_BYTES = 4 * 1024 * 1024;
/** What a hit may need to see on either side: a token reaches 2 KiB to either side. */
const MARGIN_BYTES = 16 * 1024;
const LINE_FEED = 10;

/**
 * Scans contents that come in pieces, in memory that does not depend on their size. Pieces overlap, and each hit is
 * taken from the piece that shows all of its surroundings, so that the result is as if it were scanned whole.
 */
export class ContentReader {
  readonly #needles: Needles;
  readonly #windowBytes: number;
  readonly #margin: number;
  #buffer: Buffer = Buffer.alloc(0);
  #filled = 0;
  /** Offset of the buffer's first byte in the content, and how many line feeds stand before it. */
  #base = 0;
  #lines = 0;
  /** Offset behind the last line feed before the buffer. */
  #lineStart = 0;
  /** Hits before this offset were taken from an earlier piece. */
  #taken = 0;
  #hits = new Map<string, LocatedHit>();

  constructor(needles: Needles, windowBytes = WINDOW_BYTES) {
    this.#needles = needles;
    const margin = Math.max(Math.min(MARGIN_BYTES, windowBytes >>> 2), needles.values.longest);
    // Even, so that UTF-16 keeps its alignment from piece to piece.
    this.#margin = margin + (margin & 1);
    this.#windowBytes = Math.max(windowBytes & ~1, this.#margin * 4);
  }

  /** Scans a content that is all there. */
  scanWhole(bytes: Uint8Array): LocatedHit[] {
    if (bytes.length > this.#windowBytes) this.push(bytes);
    else this.#keepFirst(locate(scanBytes(bytes, this.#needles), bytes, START));
    return this.finish();
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      this.#makeRoom(bytes.length - at);
      const count = Math.min(bytes.length - at, this.#windowBytes - this.#filled);
      this.#buffer.set(bytes.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
    }
  }

  /**
   * The hits of the content that ended, in order: the first one of every string and encoding.
   * The next piece belongs to a new content.
   */
  finish(): LocatedHit[] {
    if (this.#filled > 0) this.#scan(this.#filled);
    const hits = [...this.#hits.values()];
    this.#hits = new Map();
    [this.#filled, this.#base, this.#lines, this.#lineStart, this.#taken] = [0, 0, 0, 0, 0];
    return hits;
  }

  #makeRoom(wanted: number): void {
    if (this.#filled === this.#windowBytes) this.#shift();
    const needed = Math.min(this.#windowBytes, this.#filled + wanted);
    if (this.#buffer.length >= needed) return;
    const grown = Buffer.alloc(Math.min(this.#windowBytes, Math.max(needed, this.#buffer.length * 2)));
    grown.set(this.#buffer.subarray(0, this.#filled));
    this.#buffer = grown;
  }

  #shift(): void {
    this.#scan(this.#filled - this.#margin);
    const dropped = this.#filled - 2 * this.#margin;
    for (
      let at = this.#buffer.indexOf(LINE_FEED);
      at >= 0 && at < dropped;
      at = this.#buffer.indexOf(LINE_FEED, at + 1)
    ) {
      this.#lines += 1;
      this.#lineStart = this.#base + at + 1;
    }
    this.#buffer.copyWithin(0, dropped, this.#filled);
    this.#filled -= dropped;
    this.#base += dropped;
  }

  /** Takes the hits that begin before `end` in the buffer and were not taken yet. */
  #scan(end: number): void {
    const bytes = this.#buffer.subarray(0, this.#filled);
    const first = this.#taken - this.#base;
    const hits = scanBytes(bytes, this.#needles).filter(({ from }) => from >= first && from < end);
    const start = { base: this.#base, lines: this.#lines, lineStart: this.#lineStart };
    this.#keepFirst(locate(hits, bytes, start));
    this.#taken = this.#base + end;
  }

  #keepFirst(hits: readonly LocatedHit[]): void {
    for (const hit of hits) {
      const key = `${hit.fingerprint} ${hit.encoding}`;
      if (!this.#hits.has(key)) this.#hits.set(key, hit);
    }
  }
}

interface Start {
  readonly base: number;
  readonly lines: number;
  readonly lineStart: number;
}

const START: Start = { base: 0, lines: 0, lineStart: 0 };

/** Adds line and column in the whole content to hits that are in order. */
function locate(hits: readonly Hit[], bytes: Uint8Array, start: Start): LocatedHit[] {
  if (hits.length === 0) return [];
  let { lines, lineStart } = start;
  let next = bytes.indexOf(LINE_FEED);
  return hits.map((hit) => {
    for (; next >= 0 && next < hit.from; next = bytes.indexOf(LINE_FEED, next + 1)) {
      lines += 1;
      lineStart = start.base + next + 1;
    }
    const from = start.base + hit.from;
    return { ...hit, from, to: start.base + hit.to, line: lines + 1, column: from - lineStart + 1 };
  });
}

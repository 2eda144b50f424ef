import { ContentReader } from './content-reader.js';
import type { LocatedHit } from './hit.js';
import type { Needles } from './needles.js';
import type { FileSink } from './sources/walk-files.js';

export interface FileHit {
  /** Slash-separated, from the target's root. */
  readonly path: string;
  readonly hit: LocatedHit;
}

/** Scans every file that it is shown and remembers where something was found. */
export class FileScanner implements FileSink {
  readonly hits: FileHit[] = [];
  readonly #reader: ContentReader;
  #path = '';

  constructor(needles: Needles) {
    this.#reader = new ContentReader(needles);
  }

  begin(path: string): void {
    this.#path = path;
  }

  data(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  end(): void {
    for (const hit of this.#reader.finish()) this.hits.push({ path: this.#path, hit });
  }
}

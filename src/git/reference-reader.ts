import type { ObjectHead, ObjectSink } from './objects.js';

/** Larger ones are no trees or commits that people make. */
const MAX_BYTES = 64 * 1024 * 1024;
const SPACE = 32;
const GITLINK = Buffer.from('160000 ');

/** Passes objects on, and notes what the commits, trees and tags among some of them name. */
export class ReferenceReader implements ObjectSink {
  readonly named = new Set<string>();
  /** Whether all of them could be noted. */
  isCertain = true;
  readonly #sink: ObjectSink;
  readonly #wanted: ReadonlySet<string>;
  #head: ObjectHead | undefined;
  #parts: Buffer[] = [];

  /** @param wanted the ids of those that are looked into */
  constructor(sink: ObjectSink, wanted: ReadonlySet<string>) {
    this.#sink = sink;
    this.#wanted = wanted;
  }

  begin(head: ObjectHead): void {
    const isWanted = head.type !== 'blob' && this.#wanted.has(head.id);
    this.#head = isWanted && head.size <= MAX_BYTES ? head : undefined;
    this.isCertain &&= !isWanted || this.#head !== undefined;
    this.#parts = [];
    this.#sink.begin(head);
  }

  data(bytes: Uint8Array): void {
    if (this.#head !== undefined) this.#parts.push(Buffer.from(bytes));
    this.#sink.data(bytes);
  }

  end(): void {
    if (this.#head !== undefined) this.#note(this.#head, Buffer.concat(this.#parts));
    this.#sink.end();
  }

  goOn(): boolean {
    return this.#sink.goOn?.() === true;
  }

  #note({ type }: ObjectHead, bytes: Buffer): void {
    if (type === 'tree') return this.#noteEntries(bytes);
    const text = bytes.toString('latin1');
    const header = text.slice(0, text.indexOf('\n\n') + 1);
    for (const [, id] of header.matchAll(/^(?:tree|parent|object) ([0-9a-f]{40})$/gm))
      this.named.add(id ?? '');
  }

  #noteEntries(tree: Buffer): void {
    for (let at = 0; at < tree.length; ) {
      const space = tree.indexOf(SPACE, at);
      const end = space < 0 ? -1 : tree.indexOf(0, space);
      if (end < 0) return;
      const isGitlink = tree.subarray(at, space + 1).equals(GITLINK);
      if (!isGitlink) this.named.add(tree.toString('hex', end + 1, end + 21));
      at = end + 21;
    }
  }
}

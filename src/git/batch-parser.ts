import { UnexpectedOutput } from './stream-git.js';
import type { ObjectHead, ObjectSink } from './objects.js';

const LINE_FEED = 10;
const MAX_HEAD_BYTES = 256;
const HEAD = /^([0-9a-f]{40}|[0-9a-f]{64}) (?:(blob|tree|commit|tag) (\d{1,15})|missing)$/;

/** Reads what `git cat-file --batch` writes, in chunks of any size: `<id> <type> <size>\n<content>\n`, or `<id> missing\n`. */
export class BatchParser {
  objects = 0;
  missing = 0;
  readonly #sink: ObjectSink;
  #head: Buffer = Buffer.alloc(0);
  /** Bytes of content that are still to come; -1 = the line feed behind it; undefined = a head is next. */
  #left: number | undefined;

  constructor(sink: ObjectSink) {
    this.#sink = sink;
  }

  /** Nothing more comes: ends an object that is not all there, and does not count it. Answers whether something is missing. */
  breakOff(): boolean {
    if (this.#left === undefined) return this.#head.length > 0;
    if (this.#left < 0) return true;
    this.objects -= 1;
    this.#finish();
    return true;
  }

  /** @throws UnexpectedOutput when the text is not what git writes. */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) at = this.step(chunk, at);
  }

  /** Takes what stands from `at` on, up to the end of an object at the most. Answers where the next step begins. @throws as {@link push}. */
  step(chunk: Buffer, at: number): number {
    return this.#left === undefined ? this.#takeHead(chunk, at) : this.#takeContent(chunk, at);
  }

  #takeHead(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(LINE_FEED, at);
    const part = chunk.subarray(at, end < 0 ? chunk.length : end);
    const line = this.#head.length === 0 ? part : Buffer.concat([this.#head, part]);
    if (line.length > MAX_HEAD_BYTES)
      throw new UnexpectedOutput('git cat-file wrote a head that is too long');
    if (end < 0) {
      this.#head = Buffer.from(line);
      return chunk.length;
    }
    this.#head = Buffer.alloc(0);
    this.#begin(line.toString('latin1'));
    return end + 1;
  }

  #begin(line: string): void {
    const [, id, type, size] = HEAD.exec(line) ?? [];
    if (id === undefined) throw new UnexpectedOutput('git cat-file wrote an unexpected head');
    if (type === undefined) {
      this.missing += 1;
      return;
    }
    this.objects += 1;
    this.#left = Number(size);
    // The expression allows these four types only.
    this.#sink.begin({ id, type: type as ObjectHead['type'], size: this.#left });
    if (this.#left === 0) this.#finish();
  }

  #takeContent(chunk: Buffer, at: number): number {
    const left = this.#left ?? 0;
    if (left < 0) {
      this.#left = undefined;
      return at + 1;
    }
    const end = Math.min(chunk.length, at + left);
    this.#sink.data(chunk.subarray(at, end));
    this.#left = left - (end - at);
    if (this.#left === 0) this.#finish();
    return end;
  }

  #finish(): void {
    this.#left = -1;
    this.#sink.end();
  }
}

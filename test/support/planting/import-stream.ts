import { Buffer } from 'node:buffer';

export interface NewCommit {
  readonly ref: string;
  /** Commit ids or marks; the first is the parent. */
  readonly from?: readonly string[];
  readonly message: string | Buffer;
  readonly author?: string | Buffer;
  readonly committer?: string | Buffer;
  readonly files?: Readonly<Record<string, NewFile>>;
}

/** Content; or nothing, for a file that goes. */
export type NewFile = { readonly mode?: '100644' | '120000'; readonly bytes: Buffer | string } | undefined;

/** What `git fast-import` reads. Marks stand for the commits until the import has given their ids. */
export class ImportStream {
  readonly #pieces: Buffer[] = [];
  #marks = 0;
  /** Seconds since 1970; each commit is an hour later. */
  #time = Date.UTC(2025, 0, 1) / 1_000;

  commit({ ref, from = [], message, author = 'A', committer = 'C', files = {} }: NewCommit): string {
    this.#marks += 1;
    this.#time += 3_600;
    const mark = `:${this.#marks}`;
    this.#line(`commit ${ref}\nmark ${mark}`);
    this.#line('author ', author, ` <a@example.com> ${this.#time} +0000`);
    this.#line('committer ', committer, ` <c@example.com> ${this.#time} +0000`);
    this.#data(message);
    from.forEach((commit, i) => this.#line(`${i === 0 ? 'from' : 'merge'} ${commit}`));
    for (const [path, file] of Object.entries(files)) this.#file(path, file);
    this.#line('');
    return mark;
  }

  tag(name: string, commit: string, message: string | Buffer): void {
    this.#line(`tag ${name}\nfrom ${commit}\ntagger C <c@example.com> ${this.#time} +0000`);
    this.#data(message);
  }

  reset(ref: string, commit: string): void {
    this.#line(`reset ${ref}\nfrom ${commit}\n`);
  }

  bytes(): Buffer {
    return Buffer.concat([...this.#pieces, Buffer.from('done\n')]);
  }

  #file(path: string, file: NewFile): void {
    if (file === undefined) {
      this.#line(`D ${path}`);
      return;
    }
    this.#line(`M ${file.mode ?? '100644'} inline ${path}`);
    this.#data(file.bytes);
  }

  #data(content: string | Buffer): void {
    const bytes = Buffer.from(content);
    this.#line(`data ${bytes.length}`);
    this.#line(bytes);
  }

  #line(...parts: readonly (string | Buffer)[]): void {
    this.#pieces.push(...parts.map((part) => Buffer.from(part)), Buffer.from('\n'));
  }
}

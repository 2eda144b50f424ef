import type { Place } from '../../../src/core/leak.js';
import type { Draw } from './draw.js';
import type { ImportStream } from './import-stream.js';
import type { WrittenValue } from './written-values.js';

/** What is asked back of a planted value. `commit` is a mark until the import. */
export interface Planting {
  /** In words, for the report of a failure. */
  readonly what: string;
  readonly value: string;
  readonly expected: Partial<Place>;
}

/** A repository in which things are planted. */
export interface Bed {
  readonly draw: Draw;
  readonly stream: ImportStream;
  /** Commits that were there before; new ones grow from them. */
  readonly commits: readonly string[];
  /** The tip of HEAD's branch so far: a commit id or a mark. */
  head: { readonly ref: string; tip: string };
}

/** A text with the value in it, and where the value begins: lines and columns from 1, in bytes. */
export interface Surrounded {
  readonly bytes: Buffer;
  readonly line: number;
  readonly column: number;
}

const SURROUNDINGS = [
  'first bytes',
  'last bytes',
  'a line',
  'windows lines',
  'NUL bytes',
  'behind megabytes',
  'a line of megabytes',
] as const;

export function surround({ bytes, begins }: WrittenValue, draw: Draw): Surrounded {
  const shape = draw.below(10) < 8 ? draw.from(SURROUNDINGS.slice(0, 5)) : draw.from(SURROUNDINGS);
  const before = {
    'first bytes': () => '',
    'last bytes': () => `${draw.lines(9).join('\n')}\nkey: `,
    'a line': () => `${draw.lines(draw.below(60)).join('\n')}\n  let key = "`,
    'windows lines': () => `${draw.lines(draw.below(20)).join('\r\n')}\r\nkey `,
    'NUL bytes': () => `\0\0\x01${draw.lines(3).join('\0')}\0`,
    'behind megabytes': () => `${'0123456789abcde\n'.repeat(150_000 + draw.below(100_000))}key `,
    'a line of megabytes': () => `;${'(function(){'.repeat(150_000 + draw.below(100_000))}"`,
  }[shape]();
  const after = shape === 'last bytes' ? '' : `"\n${draw.lines(draw.below(30)).join('\n')}\n`;
  const head = Buffer.from(before);
  return {
    bytes: Buffer.concat([head, bytes, Buffer.from(after)]),
    line: head.filter((byte) => byte === 0x0a).length + 1,
    column: head.length - (head.lastIndexOf('\n') + 1) + begins + 1,
  };
}

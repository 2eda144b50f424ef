/** What a commit or a tag says before its message. */
export interface ObjectHeader {
  /** Seconds since 1970 of the author, or of a tag's maker. */
  readonly time: number | undefined;
  /** The commit that a tag names; undefined for tags of something else. */
  readonly taggedCommit: string | undefined;
  /** Where the message begins, in bytes, and how many lines stand before it. */
  readonly messageAt: number;
  readonly messageLines: number;
}

/** @param bytes the object's beginning; headers longer than that count as all header. */
export function parseObjectHeader(bytes: Uint8Array): ObjectHeader {
  const text = Buffer.from(bytes).toString('latin1');
  const blank = text.indexOf('\n\n');
  const header = blank < 0 ? text : text.slice(0, blank);
  const lines = header.split('\n');
  const field = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  return {
    time: timeOf(field('author') ?? field('tagger')),
    taggedCommit: field('type') === 'commit' ? field('object') : undefined,
    messageAt: blank < 0 ? text.length : blank + 2,
    messageLines: lines.length + 1,
  };
}

/** `Name <mail> 1700000000 +0100` */
function timeOf(person: string | undefined): number | undefined {
  const seconds = person?.split(' ').at(-2);
  return seconds !== undefined && /^-?\d{1,15}$/.test(seconds) ? Number(seconds) : undefined;
}

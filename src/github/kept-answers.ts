import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Instant, parseInstant } from '../core/instant.js';

/** One page of a list, as far as it need not be read again while GitHub says that it is the same. */
export interface KeptPage {
  /** As GitHub gave it, for `If-None-Match`. */
  readonly etag: string;
  /** The address of the page behind it. */
  readonly next: string | null;
  /** How many items it has. */
  readonly seen: number;
  /**
   * For what the page was looked through, as a digest; it held nothing of that. Empty for lists that are not looked through.
   */
  readonly under: string;
  /** What is needed of its items: of repositories their names, of texts nothing. */
  readonly items?: readonly unknown[] | undefined;
  /** Of a whole list that GitHub's newest changes stand for: when it was read. */
  readonly readAt?: Instant | undefined;
  /** Of such a list: it is switched off. */
  readonly isNone?: true | undefined;
}

/** What is known of GitHub's answers of earlier runs. Holds no text of anybody, and no page on which a key stood. */
export interface KeptAnswers {
  recall(url: string, under: string): KeptPage | undefined;
  /** Whatever it was looked through for. */
  peek(url: string): KeptPage | undefined;
  /** GitHub said in this run that the page is the same; it need not be asked again. */
  confirm(url: string): void;
  isConfirmed(url: string): boolean;
  keep(url: string, page: KeptPage): void;
  /** Writes down what was kept since; what an interrupted run wrote is there for the next one. */
  flush(): Promise<void>;
}

/** Without a folder that outlives the run, nothing is kept. */
export const NOTHING_KEPT: KeptAnswers = {
  recall: () => undefined,
  peek: () => undefined,
  confirm: () => undefined,
  isConfirmed: () => false,
  keep: () => undefined,
  flush: () => Promise.resolve(),
};

/** The file's first line; what another version wrote is thrown away. */
const headOf = (version: string): string => JSON.stringify({ keyaudit: 'answers', layout: 3, version });

/** A million pages are a hundred million texts. Beyond it, keeping them is not worth the memory. */
const MAX_PAGES = 1_000_000;
const MAX_FILE_BYTES = 512 * 1024 * 1024;

const etagSchema = z.string().regex(/^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/);
const url = z.string().max(2_000);
const instant = z
  .string()
  .max(40)
  .transform((text, context) => {
    const parsed = parseInstant(text);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message: 'expected a time' });
    return z.NEVER;
  });
const line = z.tuple([
  url,
  z.strictObject({
    etag: etagSchema,
    next: url.nullable(),
    seen: z.number().int().nonnegative(),
    under: z.string().regex(/^[0-9a-f]{0,64}$/),
    items: z.array(z.unknown()).optional(),
    readAt: instant.optional(),
    isNone: z.literal(true).optional(),
  }),
]);

/** Whether GitHub's answer names a version that can be asked for later. */
export const isEtag = (text: unknown): text is string => etagSchema.safeParse(text).success;

/**
 * Opens the file that keeps them, one page a line, each appended as soon as it is known. A file that is missing, damaged or of
 * another version costs requests and nothing else.
 * @param path absolute, in a folder that no other process uses meanwhile
 */
export async function openKeptAnswers(path: string, version: string): Promise<KeptAnswers> {
  const { pages, isTidy } = parseKeptAnswers(await readText(path), version);
  // A full disk costs requests in the next run, and nothing in this one.
  let isWritable = isTidy || (await succeeds(rewrite(path, version, pages)));
  let unwritten: string[] = [];
  const confirmed = new Set<string>();
  return {
    peek: (address) => pages.get(address),
    confirm: (address) => void confirmed.add(address),
    isConfirmed: (address) => confirmed.has(address),
    recall: (address, under) => {
      const page = pages.get(address);
      return page?.under === under ? page : undefined;
    },
    keep(address, page) {
      if (pages.size >= MAX_PAGES && !pages.has(address)) return;
      if (!line.safeParse([address, page]).success) return;
      pages.set(address, page);
      unwritten.push(JSON.stringify([address, page]));
    },
    async flush() {
      const lines = unwritten;
      unwritten = [];
      if (!isWritable || lines.length === 0) return;
      isWritable = await succeeds(appendFile(path, lines.map((text) => `${text}\n`).join('')));
    },
  };
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return bytes.length > MAX_FILE_BYTES ? '' : bytes.toString('utf8');
}

export interface ParsedAnswers {
  /** By address; the last line about one counts. */
  readonly pages: Map<string, KeptPage>;
  /** Nothing torn, foreign or outdated: the file can be added to. */
  readonly isTidy: boolean;
}

/** Reads what is sound of the file's text; the rest is left out, never an error. */
export function parseKeptAnswers(text: string, version: string): ParsedAnswers {
  const pages = new Map<string, KeptPage>();
  const [head, ...rest] = text.split('\n');
  if (head !== headOf(version)) return { pages, isTidy: false };
  const isWhole = rest.pop() === '';
  for (const written of rest) {
    const parsed = parseLine(written);
    if (parsed !== undefined) pages.set(...parsed);
  }
  // Each change appends a line, so that after many runs most of them are outdated.
  return { pages, isTidy: isWhole && rest.length <= 2 * pages.size + 1_000 };
}

function parseLine(written: string): z.output<typeof line> | undefined {
  try {
    return line.safeParse(JSON.parse(written)).data;
  } catch {
    return undefined;
  }
}

async function rewrite(path: string, version: string, pages: ReadonlyMap<string, KeptPage>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lines = [headOf(version), ...[...pages].map((entry) => JSON.stringify(entry))];
  await writeFile(`${path}.new`, lines.map((text) => `${text}\n`).join(''), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

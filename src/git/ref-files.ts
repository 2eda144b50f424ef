import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../core/compare-text.js';
import type { Ref } from './refs.js';
import { commonDirectory, readSmallFile } from './repository.js';

/** What the files of a repository say of its refs. */
export interface RefFiles {
  /** In git's order. */
  readonly refs: readonly Ref[];
  /** The object that HEAD leads to; undefined where its branch has no commit yet. */
  readonly head: string | undefined;
}

/** A longer list is left to git, which reads it in a stream. */
const MAX_PACKED_BYTES = 64 * 1024 * 1024;
/** Names that need no thought: ASCII, and but for some with dots nothing that git may refuse. */
const NAME = "refs(?:/[\\w+=#%,()!$&'@-][\\w+=#%,()!$&'@.-]*)+";
const REFUSED = /\.(?:\.|\/|$)|\.lock(?:\/|$)/;
const WHOLE_NAME = new RegExp(`^${NAME}$`);
const ID = /^[0-9a-f]{40}$/;
/** Zeros alone are no id. */
const NULL_ID = '0'.repeat(40);
/** A ref, or behind a tag what it leads to. */
const PACKED_LINE = `(?:([0-9a-f]{40}) (${NAME})|\\^[0-9a-f]{40})\n`;
const POINTER = /^ref: (\S+)\n$/;
/** Of a clone with thousands of branches. */
const MAX_CONFIG_BYTES = 1024 * 1024;
/** Lines of a configuration, without spaces around them, in which nothing says that refs are kept, or objects named, in another way. */
const PLAIN_SETTING =
  /^(?:\[(?!extensions)[\w.-]+(?: "[^"\\]*")?\]|(?!repositoryformatversion)[a-z][\w-]*\s*=[^"\\]*|repositoryformatversion\s*=\s*[01])?$/i;

/**
 * The refs of a repository, as git would list them, without a process of its own: that takes longer than all of them.
 * Undefined where anything is out of the ordinary, and git is to be asked. Nothing says that the objects are there.
 */
export function readRefFiles(gitDir: string): RefFiles | undefined {
  try {
    if (commonDirectory(gitDir) !== gitDir || !isPlain(gitDir)) return undefined;
    const names = new Map<string, string>();
    return readPacked(gitDir, names) && readLoose(gitDir, names) ? resolved(gitDir, names) : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(gitDir: string): boolean {
  if (existsSync(join(gitDir, 'reftable'))) return false;
  const config = textOf(join(gitDir, 'config'), MAX_CONFIG_BYTES);
  return config?.split('\n').every((line) => PLAIN_SETTING.test(line.trim())) === true;
}

/** Of a file, which may be missing; undefined where it is none, or too large. */
function textOf(file: string, maxBytes: number): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  return stats.isFile() && stats.size <= maxBytes ? readFileSync(file, 'latin1') : undefined;
}

/** @returns false where git must read them */
function readPacked(gitDir: string, names: Map<string, string>): boolean {
  const text = textOf(join(gitDir, 'packed-refs'), MAX_PACKED_BYTES);
  if (text === undefined) return false;
  // One pattern for all lines, which is compiled once.
  const line = new RegExp(PACKED_LINE, 'y');
  let end = text.startsWith('# pack-refs with:') ? text.indexOf('\n') + 1 : 0;
  line.lastIndex = end;
  for (let found = line.exec(text); found !== null; found = line.exec(text)) {
    end = line.lastIndex;
    const [, id, name] = found;
    if (id === undefined || name === undefined) continue;
    // A second line of the same name is nothing that git writes.
    if (names.has(name) || id === NULL_ID || isRefused(name)) return false;
    names.set(name, id);
  }
  return end === text.length;
}

const isRefused = (name: string): boolean => name.includes('.') && REFUSED.test(name);
const isOrdinary = (name: string): boolean => WHOLE_NAME.test(name) && !isRefused(name);
const isId = (text: string): boolean => ID.test(text) && text !== NULL_ID;

/** Each file under `refs` counts in the place of a packed ref. @returns as {@link readPacked} */
function readLoose(gitDir: string, names: Map<string, string>, folder = 'refs'): boolean {
  return readdirSync(join(gitDir, folder), { withFileTypes: true }).every((entry) => {
    const name = `${folder}/${entry.name}`;
    // As git does.
    if (entry.name.startsWith('.') || entry.name.endsWith('.lock')) return true;
    if (entry.isDirectory()) return readLoose(gitDir, names, name);
    const text = entry.isFile() && isOrdinary(name) ? readSmallFile(join(gitDir, name)) : undefined;
    const value = text === undefined ? undefined : valueIn(text);
    if (value === undefined) return false;
    names.set(name, value);
    return true;
  });
}

/** An id, or the name of another ref. */
function valueIn(text: string): string | undefined {
  if (text.endsWith('\n') && isId(text.slice(0, -1))) return text.slice(0, -1);
  const name = POINTER.exec(text)?.[1];
  return name !== undefined && isOrdinary(name) ? name : undefined;
}

function resolved(gitDir: string, names: ReadonlyMap<string, string>): RefFiles | undefined {
  const head = valueIn(readSmallFile(join(gitDir, 'HEAD')) ?? '');
  if (head === undefined) return undefined;
  const refs: Ref[] = [];
  let isSorted = true;
  for (const [name, value] of names) {
    const id = idOf(value, names);
    // It leads nowhere, or through several.
    if (id === undefined) return undefined;
    isSorted &&= (refs.at(-1)?.name ?? '') < name;
    refs.push({ name, id });
  }
  const headId = idOf(head, names);
  if (headId === undefined && names.has(head)) return undefined;
  // Mostly they are in order: packed refs are kept so.
  return { refs: isSorted ? refs : refs.sort((a, b) => compareText(a.name, b.name)), head: headId };
}

/** What a ref holds is a checked id or a checked name. */
const isName = (value: string): boolean => value.startsWith('refs/');

function idOf(value: string, names: ReadonlyMap<string, string>): string | undefined {
  const id = isName(value) ? names.get(value) : value;
  return id === undefined || isName(id) ? undefined : id;
}

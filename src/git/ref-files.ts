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
/** Zeros alone are no id. */
const ID = /^(?!0{40})[0-9a-f]{40}$/;
/** Names that need no thought: ASCII, and nothing that git may refuse. */
const NAME = /^refs(?:\/[\w+=#%,()!$&'@-][\w+=#%,()!$&'@.-]*)+$/;
const REFUSED = /\.(?:\.|\/|$)|\.lock(?:\/|$)/;
const POINTER = /^ref: (\S+)\n$/;
/** Lines of a configuration in which nothing says that refs are kept, or objects named, in another way. */
const PLAIN_SETTING =
  /^\s*(?:\[(?!extensions)[\w.-]+(?: "[^"\\]*")?\]|(?!repositoryformatversion)[a-z][\w-]*\s*=[^"\\]*|repositoryformatversion\s*=\s*[01])?\s*$/i;

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
  const file = join(gitDir, 'config');
  if (existsSync(join(gitDir, 'reftable'))) return false;
  if (!existsSync(file)) return true;
  return (
    readSmallFile(file)
      ?.split('\n')
      .every((line) => PLAIN_SETTING.test(line)) === true
  );
}

/** @returns false where git must read them */
function readPacked(gitDir: string, names: Map<string, string>): boolean {
  const file = join(gitDir, 'packed-refs');
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return true;
  if (!stats.isFile() || stats.size > MAX_PACKED_BYTES) return false;
  const lines = readFileSync(file, 'latin1').split('\n');
  if (lines.pop() !== '') return false;
  // A line with `^` tells what the tag before it leads to.
  return lines.every(
    (line, i) =>
      (i === 0 && line.startsWith('# pack-refs with:')) ||
      (line.startsWith('^') && ID.test(line.slice(1))) ||
      (line[40] === ' ' && add(names, line.slice(41), line.slice(0, 40))),
  );
}

/** A second line of the same name is nothing that git writes. */
function add(names: Map<string, string>, name: string, id: string): boolean {
  if (names.has(name) || !ID.test(id) || !isOrdinary(name)) return false;
  names.set(name, id);
  return true;
}

const isOrdinary = (name: string): boolean => NAME.test(name) && !REFUSED.test(name);

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
  if (text.endsWith('\n') && ID.test(text.slice(0, -1))) return text.slice(0, -1);
  const name = POINTER.exec(text)?.[1];
  return name !== undefined && isOrdinary(name) ? name : undefined;
}

function resolved(gitDir: string, names: ReadonlyMap<string, string>): RefFiles | undefined {
  const head = valueIn(readSmallFile(join(gitDir, 'HEAD')) ?? '');
  if (head === undefined) return undefined;
  const refs: Ref[] = [];
  for (const [name, value] of names) {
    const id = idOf(value, names);
    // It leads nowhere, or through several.
    if (id === undefined) return undefined;
    refs.push({ name, id });
  }
  const headId = idOf(head, names);
  if (headId === undefined && names.has(head)) return undefined;
  return { refs: refs.sort((a, b) => compareText(a.name, b.name)), head: headId };
}

function idOf(value: string, names: ReadonlyMap<string, string>): string | undefined {
  const id = ID.test(value) ? value : names.get(value);
  return id !== undefined && ID.test(id) ? id : undefined;
}

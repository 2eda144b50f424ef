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
const ID_LENGTH = 40;
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
  let from = text.startsWith('# pack-refs with:') ? text.indexOf('\n') + 1 : 0;
  for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
    if (!addLine(text.slice(from, end), names)) return false;
    from = end + 1;
  }
  return from === text.length;
}

function addLine(line: string, names: Map<string, string>): boolean {
  const id = line.slice(0, ID_LENGTH);
  // What the tag before it leads to.
  if (line.startsWith('^')) return line.length === ID_LENGTH + 1 && isId(line.slice(1));
  const name = line.slice(ID_LENGTH + 1);
  // A second line of the same name is nothing that git writes.
  if (line[ID_LENGTH] !== ' ' || names.has(name) || !isId(id) || !isOrdinary(name)) return false;
  names.set(name, id);
  return true;
}

const DOT = 46;
const SLASH = 47;
/** What may stand in a name wherever it likes. */
const IN_NAMES = membersOf(/[\w+=#%,()!$&'@-]/);
const HEX = membersOf(/[0-9a-f]/);

function membersOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (characters.test(String.fromCharCode(code)) ? 1 : 0));
}

/** There may be many thousands: a loop is ready sooner than a regular expression. */
function isId(text: string): boolean {
  let isNull = true;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (HEX[code] !== 1) return false;
    isNull &&= code === 48;
  }
  return text.length === ID_LENGTH && !isNull;
}

/** Names that need no thought: ASCII below `refs/`, and nothing that git may refuse. */
function isOrdinary(name: string): boolean {
  if (!name.startsWith('refs/')) return false;
  let [before, hasDot] = [SLASH, false];
  for (let i = 'refs/'.length; i < name.length; i += 1) {
    const code = name.charCodeAt(i);
    const isMark = code === DOT || code === SLASH;
    // No part is empty, and none begins or ends with a dot, or has two in a row.
    if (isMark ? before === DOT || before === SLASH : IN_NAMES[code] !== 1) return false;
    hasDot ||= code === DOT;
    before = code;
  }
  return before !== DOT && before !== SLASH && !(hasDot && /\.lock(?:\/|$)/.test(name));
}

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
  for (const [name, value] of names) {
    const id = idOf(value, names);
    // It leads nowhere, or through several.
    if (id === undefined) return undefined;
    refs.push({ name, id });
  }
  const headId = idOf(head, names);
  if (headId === undefined && names.has(head)) return undefined;
  return { refs: inOrder(refs), head: headId };
}

/** Mostly they are: packed refs are kept so. */
function inOrder(refs: readonly Ref[]): readonly Ref[] {
  const isSorted = refs.every(({ name }, i) => i === 0 || (refs[i - 1]?.name ?? '') < name);
  return isSorted ? refs : refs.toSorted((a, b) => compareText(a.name, b.name));
}

/** What a ref holds is a checked id or a checked name. */
const isName = (value: string): boolean => value.startsWith('refs/');

function idOf(value: string, names: ReadonlyMap<string, string>): string | undefined {
  const id = isName(value) ? names.get(value) : value;
  return id === undefined || isName(id) ? undefined : id;
}

// Repositories as no git makes them: written by hand, byte by byte, or by git and then damaged.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const ENV = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_AUTHOR_DATE: '1700000000 +0000',
  GIT_COMMITTER_DATE: '1700000000 +0000',
};

export const gitIn = (cwd, input, ...args) =>
  execFileSync('git', args, { cwd, env: ENV, input, maxBuffer: 2 ** 30, stdio: ['pipe', 'pipe', 'pipe'] })
    .toString()
    .trim();

/** A repository with a work tree, and one commit of these files. */
export function makeRepository(folder, files) {
  mkdirSync(folder, { recursive: true });
  gitIn(folder, '', 'init', '-q', '-b', 'main');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  gitIn(folder, '', 'add', '-A');
  gitIn(folder, '', 'commit', '-q', '--allow-empty', '-m', 'first');
  return folder;
}

/** Writes a loose object whatever it holds; answers its id. */
export function looseObject(gitDir, type, content) {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const id = createHash('sha1').update(bytes).digest('hex');
  writeLoose(gitDir, id, deflateSync(bytes));
  return id;
}

/** Writes what is deflated already. */
export function writeLoose(gitDir, id, deflated) {
  mkdirSync(join(gitDir, 'objects', id.slice(0, 2)), { recursive: true });
  writeFileSync(join(gitDir, 'objects', id.slice(0, 2), id.slice(2)), deflated);
}

export const treeEntry = (mode, name, id) =>
  Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0]), Buffer.from(id, 'hex')]);

/** A commit of a tree that is made of raw entries, as the head of main. */
export function commitTree(gitDir, entries) {
  const tree = looseObject(gitDir, 'tree', Buffer.concat(entries));
  const person = 'a <a@example.com> 1700000000 +0000';
  const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nraw\n`;
  const commit = looseObject(gitDir, 'commit', Buffer.from(text));
  mkdirSync(join(gitDir, 'refs/heads'), { recursive: true });
  writeFileSync(join(gitDir, 'refs/heads/main'), `${commit}\n`);
  return { commit, tree };
}

export function bareRepository(folder) {
  mkdirSync(folder, { recursive: true });
  gitIn(folder, '', 'init', '-q', '--bare', '-b', 'main');
  return folder;
}

const TYPES = { commit: 1, tree: 2, blob: 3 };
const OFS_DELTA = 6;

/** An entry's first bytes: its type and its size. */
function entryHead(type, size) {
  const bytes = [(type << 4) | (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] |= 0x80;
    bytes.push(rest % 128);
  }
  return Buffer.from(bytes);
}

function distance(value) {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1;
    bytes.unshift(0x80 | (rest % 128));
  }
  return Buffer.from(bytes);
}

const varint = (size) => {
  const bytes = [];
  let rest = size;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
};

/** Writes a pack of `count` entries into a repository as they come; `end` has git index it. */
export class PackWriter {
  #hash = createHash('sha1');
  #at = 0;
  #gitDir;
  #path;
  #file;

  constructor(gitDir, count) {
    this.#gitDir = gitDir;
    this.#path = join(gitDir, 'objects/pack', `pack-${'ab'.repeat(20)}.pack`);
    this.#file = openSync(this.#path, 'w');
    const head = Buffer.alloc(12);
    head.write('PACK', 'latin1');
    head.writeUInt32BE(2, 4);
    head.writeUInt32BE(count, 8);
    this.write(head);
  }

  /** Entries that are made already, or anything else. */
  write(bytes) {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    this.#at += bytes.length;
  }

  /** @returns where it begins, for {@link delta}. */
  object(type, content, { deflated = deflateSync(content), size = content.length } = {}) {
    const at = this.#at;
    this.write(Buffer.concat([entryHead(TYPES[type], size), deflated]));
    return at;
  }

  /** @param delta made by {@link deltaOf}; `base`: where that begins. */
  delta(base, delta) {
    const at = this.#at;
    this.write(Buffer.concat([entryHead(OFS_DELTA, delta.length), distance(at - base), deflateSync(delta)]));
    return at;
  }

  end() {
    const checksum = this.#hash.digest();
    writeSync(this.#file, checksum);
    closeSync(this.#file);
    gitIn(this.#gitDir, '', 'index-pack', this.#path);
  }
}

/** Copies runs of the base (`[offset, size]`, at most 16 MiB each) and inserts texts of at most 127 bytes. */
export function deltaOf(baseSize, size, ops) {
  const parts = ops.map((op) => {
    if (!Array.isArray(op)) return Buffer.concat([Buffer.from([op.length]), op]);
    const bytes = Buffer.alloc(8);
    bytes[0] = 0xff;
    bytes.writeUInt32LE(op[0], 1);
    bytes.writeUIntLE(op[1], 5, 3);
    return bytes;
  });
  return Buffer.concat([varint(baseSize), varint(size), ...parts]);
}

// A repository with a key in each of sixteen places, each place with a key of its own.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';

const ENV = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
};

const keyOf = (place) => fakeKey('cognitive3d', `scanners ${place}`);

class Bed {
  constructor(path) {
    this.path = path;
  }

  git(...args) {
    return execFileSync('git', ['-C', this.path, ...args], { env: ENV, stdio: 'pipe' })
      .toString()
      .trim();
  }

  write(name, content) {
    rmSync(join(this.path, name), { force: true });
    writeFileSync(join(this.path, name), content);
    return this;
  }

  link(name, target) {
    rmSync(join(this.path, name), { force: true });
    symlinkSync(target, join(this.path, name));
    return this;
  }

  commit(message) {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this;
  }
}

const PLACES = {
  'a file that was deleted later': (bed, key) => {
    bed.write('a.txt', `key = ${key}\n`).commit('Add');
    bed.git('rm', '-q', 'a.txt');
    bed.commit('Remove');
  },
  'a note': (bed, key) => bed.git('notes', 'add', '-m', `see ${key}`),
  'a stash': (bed, key) => {
    bed.write('base.txt', `work with ${key}\n`);
    bed.git('stash', '-q');
  },
  'a pull request ref': (bed, key) => {
    bed.git('checkout', '-q', '-b', 'pull');
    bed.write('pull.txt', `key: ${key}\n`).commit('Pull');
    bed.git('update-ref', 'refs/pull/1/head', 'HEAD');
    bed.git('checkout', '-q', 'main');
    bed.git('branch', '-q', '-D', 'pull');
  },
  "a link's target": (bed, key) => bed.link('link', `/srv/${key}`).commit('Link'),
  'the resolution of a merge': (bed, key) => {
    bed.git('checkout', '-q', '-b', 'side');
    bed.write('merged.txt', 'theirs\n').commit('Side');
    bed.git('checkout', '-q', 'main');
    bed.write('merged.txt', 'ours\n').commit('Ours');
    bed.git('merge', '-q', '--no-commit', '-s', 'ours', 'side');
    bed.write('merged.txt', `both ${key}\n`).commit('Merge');
  },
  'a file with -diff': (bed, key) =>
    bed.write('.gitattributes', '*.lock -diff\n').write('a.lock', `key ${key}\n`).commit('Lock'),
  'UTF-16': (bed, key) => bed.write('wide.ini', Buffer.from(`\uFEFFkey=${key}\n`, 'utf16le')).commit('Wide'),
  'text with NUL bytes': (bed, key) => bed.write('nul.bin', `a\0b\0 ${key} \0`).commit('Nul'),
  'the message of a commit': (bed, key) => bed.write('m.txt', 'm\n').commit(`Use ${key}`),
  'the message of a merge': (bed, key) => {
    bed.git('checkout', '-q', '-b', 'other');
    bed.write('other.txt', 'other\n').commit('Other');
    bed.git('checkout', '-q', 'main');
    bed.git('merge', '-q', '--no-ff', '-m', `Merge ${key}`, 'other');
  },
  'the message of a commit that only deletes': (bed, key) => {
    bed.git('rm', '-q', 'm.txt');
    bed.git('commit', '-q', '-m', `Drop ${key}`);
  },
  'the message of a tag': (bed, key) => bed.git('tag', '-a', 'v1', '-m', `Release with ${key}`),
  'a commit that was amended away': (bed, key) => {
    bed.write('amended.txt', `key ${key}\n`).commit('Amend me');
    bed.write('amended.txt', 'clean\n').git('add', '-A');
    bed.git('commit', '-q', '--amend', '-m', 'Amended');
  },
  'a file that became a link': (bed, key) => {
    bed.write('became', `key ${key}\n`).commit('File');
    bed.link('became', 'base.txt').commit('Now a link');
  },
  "a branch's name": (bed, key) => bed.git('branch', `fix/${key}`),
};

/** @returns each place's key */
export function plantSixteen(path) {
  mkdirSync(path, { recursive: true });
  const bed = new Bed(path);
  bed.git('init', '-q', '-b', 'main');
  bed.write('base.txt', 'base\n').commit('Base');
  return Object.entries(PLACES).map(([place, plant]) => {
    plant(bed, keyOf(place));
    return { place, key: keyOf(place) };
  });
}

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { WALKER_FILE } from '../../src/git/pack/walker-module.js';
import { READER_FILE } from '../../src/leaks/pack-reading.js';

/** The pack reader's module and thread come with the build; a test that needs them builds when nobody has yet. */
export function buildWalker(): void {
  if (existsSync(WALKER_FILE) && existsSync(READER_FILE)) return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'pipe' });
}

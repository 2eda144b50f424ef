import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { WALKER_FILE } from '../../src/git/pack/walker-module.js';

/** The pack reader's module comes with the build; a test that needs it makes it when nobody has built yet. */
export function buildWalker(): void {
  if (existsSync(WALKER_FILE)) return;
  execFileSync('npm', ['run', '--silent', 'build:walker'], { stdio: 'pipe' });
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.js';
import { EXIT_CODES } from '../src/cli/help.js';

const README = join(import.meta.dirname, '../README.md');
const text = readFileSync(README, 'utf8');

/** What stands between two marks is made from the program's own tables. */
const SECTIONS: Readonly<Record<string, string>> = {
  'exit codes': table(
    ['Code', 'Means'],
    EXIT_CODES.map(([code, meaning]) => [String(code), meaning]),
  ),
  commands: table(
    ['Command', 'What it does'],
    COMMANDS.map(({ name, args, summary }) => [
      `\`keyaudit ${args === undefined ? name : `${name} ${args}`}\``,
      summary,
    ]),
  ),
};

function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  return [head, ['---', '---'] as const, ...rows].map(([left, right]) => `| ${left} | ${right} |`).join('\n');
}

const marked = (name: string, content: string): string =>
  `<!-- ${name} -->\n${content}\n<!-- end of ${name} -->`;

function regenerated(): string {
  return Object.entries(SECTIONS).reduce((page, [name, content]) => {
    const [before, rest] = page.split(`<!-- ${name} -->`);
    const after = rest?.split(`<!-- end of ${name} -->`)[1];
    if (before === undefined || after === undefined) throw new Error(`README.md has no marks for ${name}`);
    return `${before}${marked(name, content)}${after}`;
  }, text);
}

describe('the README', () => {
  // UPDATE_GOLDEN=1 writes them anew.
  it('shows the exit codes and commands that the program has', () => {
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(README, regenerated());
    else expect(text).toBe(regenerated());
  });

  it('names the command that CI runs', () => {
    const script = readFileSync(join(import.meta.dirname, '../.ci/run'), 'utf8');
    expect(script).toContain('README.md');
    expect(text).toMatch(
      /<!-- The next block is the command that CI runs\. -->\n```sh\nnpm ci && npm run check\n```/,
    );
  });

  it('leaves nothing to be filled in', () => {
    expect(text).not.toContain('@@');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { parseInvocation } from '../../src/cli/parse.js';
import { sizeFlag } from '../../src/cli/size-flag.js';

const ENGINES = [
  ['GitHub Actions', 'github/keyaudit-shards.yml'],
  ['GitLab', 'gitlab/keyaudit-shards.gitlab-ci.yml'],
  ['Kubernetes', 'kubernetes/keyaudit-shards.yaml'],
] as const;
const TEMPLATES = join(import.meta.dirname, '../../src/templates');

describe.each(ENGINES)('the example for %s', (_engine, file) => {
  const text = readFileSync(join(TEMPLATES, file), 'utf8');

  it('is YAML without mistakes', () => {
    expect(parseAllDocuments(text).flatMap((document) => [...document.errors, ...document.warnings])).toEqual(
      [],
    );
  });

  it('runs shards and merges them, with options that the commands have', () => {
    // What the shell works out is one word to the command.
    const plain = text.replaceAll(/\$\(\(.*?\)\)/g, '$NUMBER');
    const lines = [...plain.matchAll(/keyaudit(?:,)? (audit --shard.*|merge.*?)(?:\]|$)/gm)].map((found) =>
      (found[1] ?? '').replaceAll(/["',]/g, '').split(' '),
    );
    expect(lines.map(([name]) => name)).toEqual(['audit', 'merge']);
    for (const [name, ...rest] of lines) {
      const command = COMMANDS.find((known) => known.name === name);
      if (command === undefined) throw new Error(`no command ${name}`);
      expect(() => sizeFlag(parseInvocation(command, rest), 'max-disk')).not.toThrow();
    }
  });

  it('holds no credential and pins what it runs of others', () => {
    expect(text).not.toMatch(/uses: (?!\S+@[0-9a-f]{40} # v)/);
  });
});

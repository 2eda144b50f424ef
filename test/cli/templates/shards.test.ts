import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { SHARDS_GITHUB } from '../../../src/cli/templates/shards-github.js';
import { SHARDS_GITLAB } from '../../../src/cli/templates/shards-gitlab.js';
import { SHARDS_KUBERNETES } from '../../../src/cli/templates/shards-kubernetes.js';
import { COMMANDS } from '../../../src/cli/commands/index.js';
import { parseInvocation } from '../../../src/cli/parse.js';

const ENGINES = [
  ['GitHub Actions', SHARDS_GITHUB],
  ['GitLab', SHARDS_GITLAB],
  ['Kubernetes', SHARDS_KUBERNETES],
] as const;

describe.each(ENGINES)('the example for %s', (_engine, text) => {
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
      expect(() => parseInvocation(command, rest)).not.toThrow();
    }
  });

  it('holds no credential and pins what it runs of others', () => {
    expect(text).not.toMatch(/uses: (?!\S+@[0-9a-f]{40} # v)/);
  });
});

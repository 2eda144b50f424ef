import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../../src/cli/commands/index.js';
import { findCommand, parseInvocation } from '../../../src/cli/parse.js';
import { run } from '../../../src/cli/run.js';
import { CI_SYSTEMS } from '../../../src/cli/starter-files.js';
import { readConfig } from '../../../src/config/config.js';
import { readRegister } from '../../../src/inventory/register.js';
import { createTestShell, type TestShell } from '../../support/test-shell.js';

let shell: TestShell;
beforeEach(async () => {
  shell = await createTestShell();
});
afterEach(() => shell.clean());

const init = (...argv: readonly string[]): Promise<number> => run(['init', ...argv], COMMANDS, shell);
const read = (path: string): string => readFileSync(join(shell.folder, path), 'utf8');
const written = (): readonly string[] =>
  readdirSync(shell.folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(shell.folder, path)).isFile())
    .toSorted();

const WORKFLOWS = ['.github/workflows/keyaudit-release-gate.yml', '.github/workflows/keyaudit.yml'];
const ALWAYS = ['audit.config.yaml', 'audit.keys.yaml'];

describe('keyaudit init', () => {
  it.each([
    [[], [...WORKFLOWS, ...ALWAYS]],
    [
      ['--ci', 'github'],
      [...WORKFLOWS, ...ALWAYS],
    ],
    [
      ['--ci', 'gitlab'],
      ['.gitlab/keyaudit.gitlab-ci.yml', ...ALWAYS],
    ],
    [
      ['--ci', 'jenkins'],
      ['Jenkinsfile.keyaudit', ...ALWAYS],
    ],
    [
      ['--ci', 'pre-commit'],
      ['.pre-commit-config.yaml', ...ALWAYS],
    ],
    [['--ci', 'none'], ALWAYS],
  ])('writes what it is asked for: %j', async (argv, files) => {
    expect(await init(...argv)).toBe(0);
    expect(written()).toEqual(files);
    for (const file of files) expect(shell.said.out).toContain(`wrote ${file}`);
  });

  it('writes a configuration and a register that keyaudit itself takes', async () => {
    await init();
    const config = readConfig({ file: 'audit.config.yaml', text: read('audit.config.yaml') });
    expect(config.sources.map(({ vendor }) => vendor)).toEqual(['api-video', 'vidbeo', 'cognitive3d']);
    expect(readRegister({ file: 'audit.keys.yaml', text: read('audit.keys.yaml') }).entries.size).toBe(0);
  });

  it('takes its own advice: what stands in comments is valid once it is no comment', async () => {
    await init();
    const open = read('audit.config.yaml').replace(/^( *)# (?=( {2})*(?:- )?(?:[a-z][A-Za-z]*:|\{))/gm, '$1');
    const config = readConfig({ file: 'audit.config.yaml', text: open });
    expect(config.suppressions).toHaveLength(1);
    expect(config.repositories.github).toHaveLength(1);
    expect(config.reports.upload?.repository).toBe('acme/security');
  });

  it('overwrites nothing, and then writes nothing at all', async () => {
    await writeFile(join(shell.folder, 'audit.keys.yaml'), 'mine\n');
    expect(await init()).toBe(2);
    expect(written()).toEqual(['audit.keys.yaml']);
    expect(read('audit.keys.yaml')).toBe('mine\n');
    expect(shell.said.err).toContain('--force');
  });

  it('overwrites when it is told to', async () => {
    await writeFile(join(shell.folder, 'audit.keys.yaml'), 'mine\n');
    expect(await init('--force')).toBe(0);
    expect(read('audit.keys.yaml')).toContain('version: 1');
  });

  it('leaves nothing half-written when a file cannot be written', async () => {
    await writeFile(join(shell.folder, '.github'), 'a file where a folder should be\n');
    expect(await init()).toBe(2);
    expect(written()).toEqual(['.github']);
  });

  it('does not replace a link', async () => {
    await mkdir(join(shell.folder, 'elsewhere'));
    const { symlink } = await import('node:fs/promises');
    await symlink('elsewhere', join(shell.folder, 'audit.config.yaml'));
    expect(await init()).toBe(2);
  });
});

describe('the files for other CI systems', () => {
  it.each(['.gitlab/keyaudit.gitlab-ci.yml', '.pre-commit-config.yaml'])('are YAML: %s', async (file) => {
    await init('--ci', file.startsWith('.gitlab') ? 'gitlab' : 'pre-commit');
    expect(() => parse(read(file)) as unknown).not.toThrow();
  });

  it.each(CI_SYSTEMS)('call keyaudit with commands and options that it has: %s', async (system) => {
    await init('--ci', system);
    const lines = written()
      .flatMap((file) => read(file).split('\n'))
      .flatMap(
        (line) => /npx --no-install keyaudit ([a-z][^'",]*)/.exec(line.replaceAll('"', ''))?.[1] ?? [],
      );
    if (!['none', 'kubernetes-shards'].includes(system)) expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const { command, rest } = findCommand(line.trim().split(' '), COMMANDS);
      expect(() => parseInvocation(command, rest)).not.toThrow();
    }
  });
});

const ROOT = join(import.meta.dirname, '../../..');
const TEMPLATES = [
  'src/templates/github/keyaudit.yml',
  'src/templates/github/keyaudit-release-gate.yml',
  'src/templates/github/keyaudit-shards.yml',
];
const ACTIONS = [...TEMPLATES, 'action.yml'];

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
}
interface Workflow {
  readonly permissions?: object;
  readonly jobs?: Readonly<Record<string, Job>>;
}

describe('the files for GitHub Actions', () => {
  const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

  it.each(ACTIONS)('pin every action by its full commit, with its version beside it: %s', (file) => {
    const uses = text(file)
      .split('\n')
      .filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    const pinned = /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
  });

  it.each(ACTIONS)('let no input, secret or name into a script: %s', (file) => {
    const scripts = runsOf(parse(text(file)));
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it.each(TEMPLATES)('grant nothing by default, write to nothing but code scanning, and end: %s', (file) => {
    const workflow = parse(text(file)) as Workflow;
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs ?? {})) {
      const writes = Object.entries(job.permissions ?? {}).filter(([, right]) => right !== 'read');
      expect(writes.filter(([name]) => name !== 'security-events')).toEqual([]);
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  const LINTERS: readonly (readonly [tool: string, files: readonly string[], argv: readonly string[]])[] = [
    ['actionlint', TEMPLATES, ['-no-color']],
    ['zizmor', ACTIONS, ['--offline', '--no-progress', '--persona=auditor']],
  ];
  it.for(LINTERS)('satisfy %s', async ([tool, files, argv], { skip }) => {
    skip(!isInstalled(tool), `${tool} is not installed`);
    const copies = await Promise.all(files.map(copyOf));
    expect(() => execFileSync(tool, [...argv, ...copies], { stdio: 'pipe' })).not.toThrow();
  });

  async function copyOf(file: string): Promise<string> {
    const copy = join(
      shell.folder,
      file === 'action.yml' ? file : file.replace('src/templates/github', '.github/workflows'),
    );
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, await readFile(join(ROOT, file)));
    return copy;
  }
});

/** The scripts of all steps, however deep. */
function runsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(runsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'run' && typeof inner === 'string' ? [inner] : runsOf(inner),
  );
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { buildWalker } from '../support/built-walker.js';
import { GitRepository } from '../support/git-repository.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const OWN = fakeKey('vidbeo', 'own detector');
const IMPORTED = fakeKey('vidbeo', 'imported detector');

const DETECTOR = `
id: acme-key
vendor: acme
title: Key of Acme
confidence: high
keywords: [acmekey]
search: { kind: assigned, names: [key] }
shape: { alphabet: token, minLength: 20, maxLength: 64 }
minEntropy: 3
examples:
  positive: ['acmekey = "\${vidbeo a}"']
  negative: ['acmekey = 1']
`;
const RULES = `
[[rules]]
id = "beta-key"
regex = '''beta_token=(\\S{20,64})'''
keywords = ["beta_token"]
[[rules]]
id = "no-words"
regex = "x"
[allowlist]
paths = ["vendor/"]
`;
const CONFIG = `version: 1
sources: []
repositories: { local: [code] }
leaks: { detectors: [acme.yaml], gitleaks: [rules.toml] }
`;

let shell: TestShell;

beforeAll(buildWalker);
beforeEach(async () => {
  shell = await createTestShell();
  await Promise.all(
    [
      ['acme.yaml', DETECTOR],
      ['rules.toml', RULES],
      ['audit.config.yaml', CONFIG],
    ].map(([name = '', text = '']) => writeFile(join(shell.folder, name), text)),
  );
});
afterEach(() => shell.clean());

const leaks = (...more: readonly string[]): Promise<number> =>
  run(
    ['leaks', '--config', join(shell.folder, 'audit.config.yaml'), '--out', 'out', ...more],
    COMMANDS,
    shell,
  );

describe('a scan with detectors of a team of its own and rules in the format of gitleaks', () => {
  it('reports what each of them finds, with its place, and what was not taken over', async () => {
    const code = new GitRepository(join(shell.folder, 'code'));
    code.write('a/own.ini', `\nacmekey = "${OWN}"\n`).commit();
    code.write('b.env', `x\ny\n  beta_token=${IMPORTED}\n`).commit();
    code.remove('b.env').commit();
    const exit = await leaks('--format', 'json,sarif');
    expect(exit).toBe(1);
    const report = await readFile(join(shell.folder, 'out/keyaudit.json'), 'utf8');
    const places = placesIn(report);
    expect(places).toContainEqual(expect.objectContaining({ path: 'a/own.ini', line: 2, inHead: true }));
    expect(places).toContainEqual(expect.objectContaining({ path: 'b.env', line: 3, inHead: false }));
    expect(report).toContain('acme-key');
    expect(report).toContain('beta-key');
    expect(await readFile(join(shell.folder, 'out/keyaudit.sarif'), 'utf8')).toContain('a/own.ini');
    expect(report).not.toContain(OWN);
    expect(report).not.toContain(IMPORTED);
    expect(shell.said.progress + shell.said.err + shell.said.out).toMatch(
      /1 .*looked for.*1 .*refused \(no-words/,
    );
  });

  it('is refused where a detector is wrong, with file and line', async () => {
    await writeFile(join(shell.folder, 'acme.yaml'), DETECTOR.replace('minEntropy: 3', 'minEntropy: much'));
    expect(await leaks()).toBe(2);
    expect(shell.said.err).toMatch(/acme\.yaml:9:\d+/);
  });
});

interface Reported {
  readonly findings: readonly { readonly places: readonly unknown[] }[];
}

function placesIn(report: string): readonly unknown[] {
  const { findings } = JSON.parse(report) as Reported; // of the published schema
  return findings.flatMap(({ places }) => places);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../src/config/config.js';
import { ProblemsError, problemText } from '../../src/core/errors/problem.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const read = (text: string): Config => readConfig({ file: 'audit.config.yaml', text });

function problemsOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(problemText);
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('fills in every default', () => {
    expect(read('version: 1\n')).toMatchObject({
      sources: [],
      network: { egress: [] },
      repositories: { local: [], github: [] },
      leaks: { verify: false },
      gate: { failOn: 'high', newOnly: false, incomplete: 'fail' },
      suppressions: [],
      reports: { directory: 'reports', formats: ['sarif', 'markdown', 'html', 'json'] },
    });
  });

  it("takes the demo's configuration", () => {
    const text = readFileSync(join(import.meta.dirname, '../../audit.config.yaml'), 'utf8');
    expect(read(text).sources.map(({ vendor }) => vendor)).toEqual(['api-video', 'vidbeo', 'cognitive3d']);
  });

  it('takes what the contract shows', () => {
    const fingerprint = `kf1:32:${'0a'.repeat(32)}`;
    const config = read(`version: 1
register: audit.keys.yaml
network: { egress: ["198.51.100.0/28"] }
roster: { users: [abcde12345abcde12345a] }
sources:
  - id: video-prod
    vendor: api-video
    baseUrl: https://admin.api.video
    credential: { env: APIVIDEO_ADMIN_KEY }
  - id: vidbeo
    vendor: vidbeo
    credential: { file: /run/secrets/vidbeo }
    auditKeyId: abcde12345abcde12345a
  - id: xr
    vendor: cognitive3d
    keys:
      - { id: etl, name: ETL export, access: read, issued: 2025-06-01, owner: team-xr, system: etl, credential: { command: [op, read, x] } }
      - { id: legacy-bi, access: write, issued: 2024-03-01, owner: team-bi, fingerprint: "${fingerprint}" }
repositories:
  local: [.]
  github:
    - apiUrl: https://api.github.com
      token: { env: GITHUB_TOKEN }
      orgs: [acme]
      repos: [acme/web]
      exclude: ["acme/archive-*"]
      include: { archived: true, forks: false, pullRequests: true, wikis: true, gists: true, issues: true, releases: true }
leaks: { verify: false }
rules: { directories: [], disable: [], params: { key-too-old: { days: 60 } } }
gate: { failOn: high, newOnly: false, incomplete: fail }
suppressions: []
reports: { directory: reports, formats: [sarif, markdown, html, json] }
`);
    expect(config.sources).toHaveLength(3);
    expect(config.rules.params).toEqual({ 'key-too-old': { days: 60 } });
  });
});

describe('mistakes in a configuration', () => {
  it('are all told in one run, each with its line and column, what was expected and what was found', () => {
    const problems = problemsOf(`version: 1
regster: audit.keys.yaml
sources:
  - id: video prod
    vendor: api-video
    credential: { env: A }
  - id: other
    vendor: nobody
  - id: vidbeo
    vendor: vidbeo
gate: { failOn: worst }
reports: { formats: [pdf] }
`);
    expect(problems.map((line) => line.split(': ')[0])).toEqual([
      'audit.config.yaml:2:1',
      expect.stringMatching(/^audit\.config\.yaml:4:9$/),
      expect.stringMatching(/^audit\.config\.yaml:8:13$/),
      expect.stringMatching(/^audit\.config\.yaml:9:5$/),
      expect.stringMatching(/^audit\.config\.yaml:11:17$/),
      expect.stringMatching(/^audit\.config\.yaml:12:22$/),
    ]);
    expect(problems[0]).toContain('did you mean register?');
  });

  it('are also two sources with one id', () => {
    const source = (id: string): string => `  - { id: ${id}, vendor: vidbeo, credential: { env: A } }\n`;
    expect(problemsOf(`version: 1\nsources:\n${source('a')}${source('b')}${source('a')}`)).toEqual([
      expect.stringMatching(/:5:\d+: sources\[2\]\.id: .*line 3/),
    ]);
  });

  it.each([
    [
      'instead of a reference',
      (key: string) => `version: 1\nsources:\n  - { id: a, vendor: vidbeo, credential: ${key} }\n`,
      3,
    ],
    [
      'as the name of a variable',
      (key: string) => `version: 1\nsources:\n  - { id: a, vendor: vidbeo, credential: { env: ${key} } }\n`,
      3,
    ],
    ['in a comment', (key: string) => `version: 1\n# the old one was ${key}\n`, 2],
    ['as a key of the file', (key: string) => `version: 1\n${key}: 1\n`, 2],
    [
      'in a command',
      (key: string) =>
        `version: 1\nsources:\n  - { id: a, vendor: vidbeo, credential: { command: [echo, ${key}] } }\n`,
      3,
    ],
  ])('are literal secrets, named by line and never shown: %s', (_where, text, line) => {
    const key = fakeKey('vidbeo', 'in a configuration');
    const problems = problemsOf(text(key)).join('\n');
    expect(problems).toContain(`audit.config.yaml:${line}:`);
    expect(problems).toContain('expected a reference such as { env: NAME }');
    expect(problems).not.toContain(key.slice(0, 12));
  });

  it.each([
    ['http to a host that is not this machine', 'http://api.vidbeo.com/v2'],
    ['another scheme', 'ftp://api.vidbeo.com'],
    ['credentials in it', 'https://user@api.vidbeo.com'],
  ])('are base addresses with %s', (_what, url) => {
    const text = `version: 1\nsources:\n  - { id: a, vendor: vidbeo, baseUrl: "${url}", credential: { env: A } }\n`;
    expect(problemsOf(text)).toHaveLength(1);
  });
});

describe('suppressions', () => {
  it('keep what was written, with its line; what is missing or of another type is empty', () => {
    const { suppressions } = read(`version: 1
suppressions:
  - rule: key-too-old
    subject: vidbeo/abc
    reason: migration
    statement: moves next month
    owner: team-a
    created: 2026-10-01
    expires: 2026-11-01
  - just a text
  - { rule: 7, subject: [a] }
`);
    expect(suppressions[0]).toEqual({
      rule: 'key-too-old',
      subject: 'vidbeo/abc',
      reason: 'migration',
      statement: 'moves next month',
      owner: 'team-a',
      created: '2026-10-01',
      expires: '2026-11-01',
      at: { file: 'audit.config.yaml', line: 3 },
    });
    expect(suppressions.slice(1)).toMatchObject([
      { rule: '', subject: '', expires: '', at: { line: 10 } },
      { rule: '', subject: '', at: { line: 11 } },
    ]);
  });
});

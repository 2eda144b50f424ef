import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.js';
import { run } from '../src/cli/run.js';
import { SANDBOX_AS_OF } from '../src/sandbox/as-of.js';
import { PLANTED_CONVERSATIONS } from '../src/sandbox/conversations/planted-conversations.js';
import { ORGANIZATION } from '../src/sandbox/git/repository-list.js';
import { SIDE_PLANS } from '../src/sandbox/git/side-plans.js';
import { PLANTED_LEAKS } from '../src/sandbox/git/planted-leaks.js';
import { type Sandbox, SANDBOX_PORT, startSandbox } from '../src/sandbox/start-sandbox.js';
import { findCanaries, readAllFiles } from './support/canaries.js';
import { type CommandRun, SANDBOX_VALUES } from './support/demo.js';
import { createTestShell } from './support/test-shell.js';

const ROOT = join(import.meta.dirname, '..');
const ALL_FORMATS = 'sarif,markdown,html,json,junit,csv';

interface Report {
  readonly coverage: readonly {
    source: string;
    part: string;
    status: string;
    reason?: string;
    seen: number;
  }[];
  readonly keys: readonly { source: string; id: string; access: string; createdAt: string }[];
  readonly findings: readonly {
    id: string;
    rule: string;
    severity: string;
    verdict: string;
    status: string;
    subject: { kind: string; source: string; id: string };
    places: readonly {
      repository: string;
      path: string | null;
      kind: string;
      inHead: boolean;
      encoding: string;
    }[];
  }[];
  readonly counts: { byVerdict: Record<string, number>; judgements: number; keys: number };
  readonly gate: { result: string; reasons: readonly string[] };
}

let sandbox: Sandbox;
const runs: CommandRun[] = [];

interface DemoOptions {
  readonly edit?: (config: string) => string;
  readonly unguarded?: boolean;
}

/** Writes the demo's configuration, pointed at this sandbox, into a new folder, and runs one command there. */
async function inDemoFolder(
  argv: readonly string[],
  { edit, ...options }: DemoOptions = {},
): Promise<CommandRun> {
  const shell = await createTestShell({ env: sandbox.credentials, ...options });
  const config = await readFile(join(ROOT, 'audit.config.yaml'), 'utf8');
  const moved = config.replaceAll(`http://127.0.0.1:${SANDBOX_PORT}`, sandbox.origin);
  await writeFile(join(shell.folder, 'audit.config.yaml'), edit?.(moved) ?? moved);
  await copyFile(join(ROOT, 'audit.keys.yaml'), join(shell.folder, 'audit.keys.yaml'));
  const finished = { shell, code: await run(argv, COMMANDS, shell) };
  runs.push(finished);
  return finished;
}

/** A digest a file, so that a difference is told in a line. */
const digestsOf = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]),
  );

async function reportOf({ shell }: CommandRun): Promise<Report> {
  return JSON.parse(await readFile(join(shell.folder, 'out/keyaudit.json'), 'utf8')) as Report;
}

const textsOf = async ({ shell }: CommandRun): Promise<Record<string, string>> => ({
  'standard output': shell.said.out,
  'standard error': shell.said.err,
  progress: shell.said.progress,
  ...(await readAllFiles(join(shell.folder, 'out'))),
});

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
  await Promise.all(runs.map(({ shell }) => shell.clean()));
});

describe('an audit of the whole sandbox', () => {
  let full: CommandRun;
  let report: Report;

  beforeAll(async () => {
    // Without the last guard: no part may count on it.
    full = await inDemoFolder(['audit', '--as-of', SANDBOX_AS_OF, '--format', ALL_FORMATS, '--out', 'out'], {
      unguarded: true,
    });
    report = await reportOf(full);
  }, 90_000);

  it('fails the gate, and says why', () => {
    expect(full.code).toBe(1);
    expect(report.gate.result).toBe('fail');
    expect(full.shell.said.out).toContain('GATE FAILED');
  });

  it('prints what the README shows of it', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const excerpt = /```text\n([\s\S]*?)```/.exec(readme)?.[1]?.split('\n') ?? [];
    expect(excerpt.length).toBeGreaterThan(20);
    const printed = new Set(full.shell.said.out.split('\n'));
    expect(excerpt.filter((line) => !line.includes('[…]') && !printed.has(line))).toEqual([]);
  });

  it('looks at every part of every source', () => {
    expect(report.coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
    expect(report.counts.keys).toBeGreaterThan(300);
  });

  it('finds every key that was planted, joins it to what it is, and says where it stands', () => {
    const leaks = report.findings.filter(
      ({ subject, rule }) => subject.kind === 'leak' && rule !== 'leaked-write-open',
    );
    const missed = PLANTED_LEAKS.filter(({ place }) => place.cloned).filter((planted) => {
      const same = leaks.filter(({ subject }) =>
        planted.known.by === 'nothing'
          ? subject.id.startsWith('kf1:')
          : subject.source === planted.known.source && subject.id === planted.known.id,
      );
      return !same.some(({ places }) =>
        places.some(
          (found) =>
            found.repository.endsWith(`/${planted.repository}`) &&
            found.kind === planted.place.kind &&
            (found.path ?? undefined) === planted.place.path &&
            found.inHead === planted.place.inHead &&
            found.encoding === planted.place.encoding,
        ),
      );
    });
    expect(missed.map(({ repository, story }) => `${repository}: ${story}`)).toEqual([]);
  });

  it('finds what was planted beside the code: a wiki, a gist, an issue, a variable', () => {
    const places = report.findings.flatMap(({ subject, places: own }) =>
      subject.kind === 'leak' ? own : [],
    );
    const missed = [
      ...SIDE_PLANS.map(({ scannedAs, path }) => ({ repository: scannedAs, path })),
      ...PLANTED_CONVERSATIONS.map(({ repository, label }) => ({
        repository: `${ORGANIZATION}/${repository}`,
        path: label,
      })),
    ].filter(
      (planted) =>
        !places.some(
          ({ repository, path }) =>
            repository === planted.repository && path?.startsWith(planted.path) === true,
        ),
    );
    expect(missed).toEqual([]);
  });

  it('tells no leak that was not planted', () => {
    const planted = new Set([
      ...PLANTED_LEAKS.map(({ repository }) => repository),
      ...SIDE_PLANS.map(({ scannedAs }) => scannedAs.split('/')[1]),
      ...PLANTED_CONVERSATIONS.map(({ repository }) => repository),
    ]);
    const leaks = report.findings.filter(({ subject }) => subject.kind === 'leak');
    const places = leaks.flatMap(({ places: own }) => own);
    expect(places.filter(({ repository }) => !planted.has(repository.split('/')[1]))).toEqual([]);
    const values = [...PLANTED_LEAKS, ...SIDE_PLANS, ...PLANTED_CONVERSATIONS].map(({ value }) => value);
    const strings = new Set(leaks.map(({ subject }) => `${subject.source}/${subject.id}`));
    expect(strings.size).toBeLessThanOrEqual(new Set(values).size);
  });

  it('adds up', () => {
    const { byVerdict, judgements } = report.counts;
    expect(Object.values(byVerdict).reduce((sum, one) => sum + one, 0)).toBe(judgements);
    expect(report.findings.filter(({ verdict }) => verdict === 'fail').length).toBe(byVerdict['fail']);
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(report.findings.length);
  });

  it('shows no value of any key in any output or file, in any form', async () => {
    const texts = await textsOf(full);
    expect(Object.keys(texts).length).toBeGreaterThan(8);
    expect(findCanaries(SANDBOX_VALUES, texts)).toEqual([]);
  });

  it('sends nothing but reads, and no credential in an address', () => {
    const requests = sandbox.log.entries();
    expect(requests.length).toBeGreaterThan(100);
    const reads =
      /^(?:GET|HEAD) |^POST \S+\/git-upload-pack$|^POST \S+\/api\/graphql$|^POST \S+\/paginatedListQueries$/;
    expect(requests.filter(({ method, url }) => !reads.test(`${method} ${url}`))).toEqual([]);
    const urls = Object.fromEntries(requests.map(({ url }, index) => [`request ${index}`, url]));
    expect(findCanaries(SANDBOX_VALUES, urls)).toEqual([]);
  });

  it('never asks faster than the vendor allows', () => {
    expect(sandbox.log.entries().filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('a recorded inventory', () => {
  let recorded: CommandRun;

  beforeAll(async () => {
    recorded = await inDemoFolder(['collect', '--out', 'keys.json'], { unguarded: true });
  }, 60_000);

  it('holds no value of any key', async () => {
    expect(recorded.code).toBe(0);
    const file = await readFile(join(recorded.shell.folder, 'keys.json'), 'utf8');
    const { out, err, progress } = recorded.shell.said;
    expect(findCanaries(SANDBOX_VALUES, { 'keys.json': file, out, err, progress })).toEqual([]);
  });

  it('is judged to the same bytes every time, without asking any vendor', async () => {
    const before = sandbox.log.entries().length;
    const judge = async (): Promise<Record<string, string>> => {
      const path = join(recorded.shell.folder, 'keys.json');
      const judged = await inDemoFolder(
        ['audit', '--inventory', path, '--as-of', SANDBOX_AS_OF, '--format', ALL_FORMATS, '--out', 'out'],
        { edit: withoutRepositories },
      );
      expect(judged.code).toBe(1);
      return digestsOf(await readAllFiles(join(judged.shell.folder, 'out')));
    };
    const [first, second] = [await judge(), await judge()];
    expect(Object.keys(first)).toContain('keyaudit.json');
    expect(second).toEqual(first);
    expect(sandbox.log.entries().length).toBe(before);
  });

  it('finds leaks by fingerprint alone', async () => {
    const path = join(recorded.shell.folder, 'keys.json');
    const judged = await inDemoFolder(
      ['audit', '--inventory', path, '--as-of', SANDBOX_AS_OF, '--format', 'json', '--out', 'out'],
      { edit: (config) => config.replace(/\n {4}- id: video-prod[\s\S]*?(?=\nrepositories:)/, '') },
    );
    const found = (await reportOf(judged)).findings.filter(
      ({ rule }) => rule === 'leaked-live' || rule === 'leaked-retired',
    );
    const plain = PLANTED_LEAKS.filter(
      ({ known, place }) => known.by === 'value' && place.cloned && place.encoding === 'plain',
    );
    const ids = new Set(found.map(({ subject }) => subject.id));
    expect(
      plain.filter(({ known }) => known.by !== 'nothing' && !ids.has(known.id)).map(({ label }) => label),
    ).toEqual([]);
  });
});

const withoutRepositories = (config: string): string =>
  config.replace(/\nrepositories:[\s\S]*?(?=\n[a-z]+:)/, '\n');

describe('a source that cannot be read', () => {
  const only = (source: string) => (config: string) =>
    withoutRepositories(config).replace(
      /\nsources:[\s\S]*?(?=\n[a-z]+:)/,
      (sources) =>
        `\nsources:\n${sources
          .split(/(?=\n {2}- id: )/)
          .filter((part) => part.includes(`- id: ${source}\n`))
          .join('')}\n`,
    );

  it.each([
    ['401', 'unauthorised', /key is wrong/],
    ['403', 'forbidden', /may not|does not permit|suspended|address/],
    ['malformed', 'malformed', /./],
    ['cut-off', 'cut off', /./],
  ] as const)(
    'ends with 3 when it answers %s, and the report says why and what to do',
    async (failure, _name, advice) => {
      sandbox.fail('vidbeo', failure);
      try {
        const judged = await inDemoFolder(
          ['audit', '--as-of', SANDBOX_AS_OF, '--format', 'json,markdown', '--out', 'out'],
          {
            edit: only('vidbeo'),
          },
        );
        expect(judged.code).toBe(3);
        const { coverage, gate } = await reportOf(judged);
        const hole = coverage.find(({ status }) => status !== 'complete');
        expect(hole).toMatchObject({ source: 'vidbeo', status: 'failed' });
        expect(hole?.reason).toMatch(advice);
        expect(gate.result).toBe('incomplete');
        expect(judged.shell.said.out).toContain('Could not be looked at');
        expect(findCanaries(SANDBOX_VALUES, await textsOf(judged))).toEqual([]);
      } finally {
        sandbox.fail('vidbeo', undefined);
      }
    },
    60_000,
  );

  it('leaves the others audited', async () => {
    sandbox.fail('vidbeo', '401');
    try {
      const judged = await inDemoFolder(
        ['audit', '--as-of', SANDBOX_AS_OF, '--format', 'json', '--out', 'out'],
        {
          edit: (config) =>
            withoutRepositories(config).replace(
              /\n {2}- id: video-prod[\s\S]*?(?=\n {2}# Real: no baseUrl, and)/,
              '\n',
            ),
        },
      );
      const { keys, coverage } = await reportOf(judged);
      expect(keys.filter(({ source }) => source === 'xr').length).toBe(12);
      expect(coverage.find(({ source }) => source === 'xr')?.status).toBe('complete');
      expect(judged.code).toBe(1);
    } finally {
      sandbox.fail('vidbeo', undefined);
    }
  });

  it('whose credential is not set is told by name, and the others go on', async () => {
    const judged = await inDemoFolder(
      ['audit', '--as-of', SANDBOX_AS_OF, '--format', 'json', '--out', 'out'],
      {
        edit: (config) => only('vidbeo')(config).replace('KEYAUDIT_DEMO_VIDBEO', 'NOT_SET_ANYWHERE'),
      },
    );
    expect(judged.code).toBe(3);
    expect((await reportOf(judged)).coverage[0]?.reason).toContain('NOT_SET_ANYWHERE');
  });
});

import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Drift } from '../../src/core/drift.js';
import { DAY_MS } from '../../src/core/instant.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { findCanaries } from '../support/canaries.js';
import { SANDBOX_VALUES } from '../support/demo.js';
import { type SandboxFolder, sandboxFolder } from '../support/sandbox-folder.js';

const CACHE = 'cache/inventory.json';

interface Told {
  readonly findings: readonly {
    rule: string;
    severity: string;
    verdict: string;
    subject: { source: string; id: string };
  }[];
  readonly keys: readonly { source: string; id: string }[];
  readonly coverage: readonly { source: string; status: string; reason?: string; readAt?: string }[];
  readonly gate: { result: string; reasons: readonly string[] };
  readonly notes: readonly string[];
  readonly drift?: Drift;
}

interface StoredKey {
  source: string;
  id: string;
  name: { value: string };
  access: { value: string };
  allowlist: { value: string[] };
}

interface Stored {
  collectedAt: string;
  keys: StoredKey[];
  coverage: { source: string; status: string; readAt?: string }[];
}

let sandbox: Sandbox;
let at: SandboxFolder;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  at = await sandboxFolder(sandbox, ['vidbeo']);
});
afterEach(async () => {
  sandbox.fail('vidbeo', undefined);
  await at.shell.clean();
});

async function audited(...argv: readonly string[]): Promise<Told & { readonly code: number }> {
  const code = await at.run('audit', '--format', 'json,markdown', '--out', 'out', ...argv);
  return { code, ...(JSON.parse(await at.read('out/keyaudit.json')) as Told) };
}

/** Runs an audit, and makes what it kept that many days older. Answers the date that it then has. */
async function auditedDaysAgo(
  days: number,
  change: (stored: Stored) => void = () => undefined,
): Promise<string> {
  const collectedAt = new Date(Date.now() - days * DAY_MS).toISOString();
  await audited('--cache-dir', 'cache');
  await at.edit(CACHE, (text) => {
    const stored = JSON.parse(text) as Stored;
    stored.collectedAt = collectedAt;
    change(stored);
    return JSON.stringify(stored);
  });
  return collectedAt;
}

const failing = ({ findings }: Told, rule: string): readonly string[] =>
  findings.filter((one) => one.rule === rule && one.verdict === 'fail').map(({ subject }) => subject.id);

const keysOf = (stored: Stored, source: string): StoredKey[] =>
  stored.keys.filter((key) => key.source === source);

describe('without --cache-dir', () => {
  it('nothing is kept, and nothing is said of it', async () => {
    const told = await audited();
    expect(existsSync(at.path('cache'))).toBe(false);
    expect(told.drift).toBeUndefined();
    expect(told.notes.join()).not.toContain('earlier inventory');
  });
});

describe('with --cache-dir', () => {
  it('the first run keeps the inventory without any value, and says that there is nothing to compare', async () => {
    const told = await audited('--cache-dir', 'cache');
    expect(told.drift).toBeUndefined();
    expect(told.notes[0]).toContain('No earlier inventory is kept');
    expect(findCanaries(SANDBOX_VALUES, { cache: await at.read(CACHE) })).toEqual([]);
  });

  it('the next run finds every change by its rule, and lists it as drift', async () => {
    const edited: Record<string, string> = {};
    const before = await auditedDaysAgo(7, (stored) => {
      const keys = keysOf(stored, 'vidbeo');
      const writer = keys.find(({ access }) => access.value === 'write');
      const listed = keys.find((key) => key !== writer && key.allowlist.value.length > 1);
      const [renamed, added] = keys.filter((key) => key !== writer && key !== listed);
      if (!writer || !listed || !renamed || !added) throw new Error('the sandbox has no such keys');
      writer.access.value = 'read';
      listed.allowlist.value = ['192.0.2.1'];
      renamed.name.value = 'its old name';
      Object.assign(edited, { writer: writer.id, listed: listed.id, renamed: renamed.id, added: added.id });
      stored.keys = stored.keys.filter((key) => key !== added);
      stored.keys.push({ ...renamed, id: 'deleted-meanwhile' });
    });
    const told = await audited('--cache-dir', 'cache');
    expect(failing(told, 'privilege-broadened')).toEqual([edited['writer']]);
    expect(failing(told, 'network-widened')).toEqual([edited['listed']]);
    expect(told.drift?.sources).toEqual(['vidbeo']);
    expect(told.drift?.since).toBe(before);
    expect(told.drift?.appeared.map(({ id }) => id)).toEqual([edited['added']]);
    expect(told.drift?.gone.map(({ id }) => id)).toEqual(['deleted-meanwhile']);
    expect(
      Object.fromEntries(
        (told.drift?.changed ?? []).map(({ id, changes }) => [id, changes.map(({ kind }) => kind)]),
      ),
    ).toEqual({
      [edited['writer'] ?? '']: ['access-widened'],
      [edited['listed'] ?? '']: ['network-widened'],
      [edited['renamed'] ?? '']: ['renamed'],
    });
    expect(await at.read('out/keyaudit.md')).toContain('What changed since the last run');
    expect(at.shell.said.out).toContain('3 keys changed, 1 new, 1 gone');
  });

  it('a run after one without changes tells none', async () => {
    await auditedDaysAgo(1);
    const told = await audited('--cache-dir', 'cache');
    expect(told.drift).toMatchObject({ appeared: [], gone: [], changed: [] });
    expect([...failing(told, 'privilege-broadened'), ...failing(told, 'network-widened')]).toEqual([]);
  });

  it('another owner in the register is drift', async () => {
    await auditedDaysAgo(1);
    await at.edit('audit.keys.yaml', (text) =>
      text.replace(/(source: vidbeo\n[^#]*?owner: )\S+/, '$1team-other'),
    );
    const changed = (await audited('--cache-dir', 'cache')).drift?.changed ?? [];
    expect(
      changed.map(({ source, changes }) => [source, changes.map(({ kind, after }) => [kind, after])]),
    ).toEqual([['vidbeo', [['owner-changed', 'team-other']]]]);
  });

  it('an outage keeps the earlier keys, so that they are not new when the vendor is back', async () => {
    await at.shell.clean();
    at = await sandboxFolder(sandbox, ['vidbeo', 'xr']);
    const before = await auditedDaysAgo(2);
    sandbox.fail('vidbeo', '401');
    const during = await audited('--cache-dir', 'cache');
    expect(during.code).not.toBe(0);
    expect(during.drift?.sources).toEqual(['xr']);
    const stored = JSON.parse(await at.read(CACHE)) as Stored;
    expect(keysOf(stored, 'vidbeo').length).toBeGreaterThan(50);
    expect(stored.coverage.find(({ source }) => source === 'vidbeo')?.readAt).toBe(before);
    sandbox.fail('vidbeo', undefined);
    const after = await audited('--cache-dir', 'cache');
    expect(after.drift).toMatchObject({ sources: ['vidbeo', 'xr'], appeared: [], gone: [], changed: [] });
  });

  it.each([
    ['damaged', '{"schemaVersion": 1, "keys": ['],
    ['of another version', '{"schemaVersion": 2}'],
    ['something else', 'hello'],
  ])('a kept file that is %s is a note, and replaced', async (_what, text) => {
    await audited('--cache-dir', 'cache');
    await at.edit(CACHE, () => text);
    const told = await audited('--cache-dir', 'cache');
    expect(told.notes[0]).toContain('cannot be read');
    expect(told.drift).toBeUndefined();
    expect(JSON.parse(await at.read(CACHE))).toMatchObject({ schemaVersion: 1 });
  });

  it('a recorded inventory is compared with what is kept, and not kept itself', async () => {
    await auditedDaysAgo(3);
    const kept = await at.read(CACHE);
    await at.run('collect', '--out', 'keys.json');
    const told = await audited('--inventory', 'keys.json', '--cache-dir', 'cache');
    expect(told.drift?.sources).toEqual(['vidbeo']);
    expect(await at.read(CACHE)).toBe(kept);
  });

  it('an inventory that is older than what is kept is compared with nothing', async () => {
    await at.run('collect', '--out', 'keys.json');
    await audited('--cache-dir', 'cache');
    const told = await audited('--inventory', 'keys.json', '--cache-dir', 'cache');
    expect(told.drift).toBeUndefined();
    expect(told.notes[0]).toContain('not earlier');
  });
});

describe('merge with the --cache-dir of its shards', () => {
  const shardsAndMerge = async (): Promise<Told> => {
    for (const index of [1, 2]) {
      const argv = ['--shard', `${index}/2`, '--out', `shards/${index}`, '--cache-dir', 'cache'];
      expect(await at.run('audit', ...argv)).toBe(0);
    }
    return merged();
  };
  const merged = async (): Promise<Told> => {
    await at.run('merge', 'shards', '--format', 'json', '--out', 'out', '--cache-dir', 'cache');
    return JSON.parse(await at.read('out/keyaudit.json')) as Told;
  };

  it('is compared with the last run, not with what the shards themselves read', async () => {
    const before = await auditedDaysAgo(7, (stored) => {
      stored.keys = stored.keys.slice(1);
    });
    const { drift } = await shardsAndMerge();
    expect(drift?.since).toBe(before);
    expect(drift?.appeared).toHaveLength(1);
    const next = await shardsAndMerge();
    expect(next.drift).toMatchObject({ appeared: [], gone: [], changed: [] });
  });

  it('done twice, says that there is nothing earlier instead of that nothing changed', async () => {
    await auditedDaysAgo(7);
    await shardsAndMerge();
    const again = await merged();
    expect(again.drift).toBeUndefined();
    expect(again.notes.join()).toContain('not earlier');
  });

  it('a shard whose source fails stands on the last run that is kept there', async () => {
    await at.edit('audit.config.yaml', (text) => text.replace('incomplete: fail', 'incomplete: last-good'));
    const before = await auditedDaysAgo(2);
    sandbox.fail('vidbeo', '401');
    const { coverage } = await shardsAndMerge();
    expect(coverage.find(({ source }) => source === 'vidbeo')).toMatchObject({ readAt: before });
  });
});

describe('the key register and the vendor', () => {
  it('disagree about a key that nobody declared and one that was retired: two rules say so', async () => {
    const ids: string[] = [];
    await at.edit('audit.keys.yaml', (text) => {
      const blocks = text.split(/(?=\n {2}- source: )/);
      const live = blocks.filter((one) => one.includes('source: vidbeo') && one.includes('status: active'));
      const [gone = '', retired = ''] = live;
      ids.push(...[gone, retired].map((one) => /id: (\S+)/.exec(one)?.[1] ?? ''));
      return text.replace(gone, '').replace(retired, retired.replace('status: active', 'status: retired'));
    });
    const told = await audited();
    expect(failing(told, 'key-undeclared')).toContain(ids[0]);
    expect(failing(told, 'retired-but-live')).toContain(ids[1]);
  });
});

describe('gate.incomplete: last-good', () => {
  /** Without the rules that its company breaks, the gate of the sandbox can pass. */
  async function makeLenient(): Promise<void> {
    const { findings } = await audited();
    const broken = findings.filter(({ severity }) => severity === 'critical' || severity === 'high');
    const rules = [...new Set(broken.map(({ rule }) => rule))];
    await at.edit('audit.config.yaml', (text) =>
      text
        .replace('incomplete: fail', 'incomplete: last-good')
        .replace('disable: []', `disable: [${rules.join(', ')}]`),
    );
  }

  it('judges the last complete inventory of a source that failed, passes, and says so', async () => {
    await makeLenient();
    const before = await auditedDaysAgo(2);
    sandbox.fail('vidbeo', '403');
    const told = await audited('--cache-dir', 'cache');
    expect(told.gate.reasons.join('\n')).toContain(
      `last complete inventory counts, of ${before.slice(0, 10)}`,
    );
    expect(told.gate.result).toBe('pass');
    expect(told.keys.filter(({ source }) => source === 'vidbeo').length).toBeGreaterThan(50);
    expect(told.coverage.find(({ source }) => source === 'vidbeo')).toMatchObject({
      status: 'partial',
      readAt: before,
      reason: expect.stringContaining(`Judged as it was on ${before.slice(0, 10)}`) as string,
    });
    expect(told.notes.join('\n')).toContain('(2 days ago)');
  }, 60_000);

  it.each([
    ['it is too old', 9],
    ['there is none', undefined],
  ])('is incomplete when %s', async (_why, days) => {
    await makeLenient();
    if (days !== undefined) await auditedDaysAgo(days);
    sandbox.fail('vidbeo', '401');
    const told = await audited('--cache-dir', 'cache');
    expect(told.code).toBe(3);
    expect(told.notes.join('\n')).toContain('nothing stands in for it');
  });
});

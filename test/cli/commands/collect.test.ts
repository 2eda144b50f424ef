import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRegister } from '../../../src/inventory/register.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.js';
import { findCanaries } from '../../support/canaries.js';
import { SANDBOX_VALUES } from '../../support/demo.js';
import { type SandboxFolder, sandboxFolder } from '../../support/sandbox-folder.js';

const REGISTER = 'audit.keys.yaml';

let sandbox: Sandbox;
let at: SandboxFolder;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  at = await sandboxFolder(sandbox, ['vidbeo']);
});
afterEach(() => at.shell.clean());

const entries = async () => readRegister({ file: REGISTER, text: await at.read(REGISTER) }).entries;

describe('keyaudit collect --write-register', () => {
  it('adds what the register lacks, once, and keeps every line', async () => {
    const before = await at.read(REGISTER);
    expect(await at.run('collect', '--write-register')).toBe(0);
    const after = await at.read(REGISTER);
    const lines = after.split('\n');
    let from = 0;
    for (const line of before.split('\n')) {
      from = lines.indexOf(line, from) + 1;
      expect(from, line).toBeGreaterThan(0);
    }
    expect(at.shell.said.err).toMatch(/\d+ keys? (?:was|were) added to audit\.keys\.yaml/);
    expect(await at.run('collect', '--write-register')).toBe(0);
    expect(await at.read(REGISTER)).toBe(after);
    expect(at.shell.said.err).toContain('No key was added');
  });

  it('makes the register where there is none, without any value, and afterwards no key is undeclared', async () => {
    await rm(at.path(REGISTER));
    expect(await at.run('collect', '--write-register', '--out', 'keys.json')).toBe(0);
    expect((await entries()).size).toBeGreaterThan(100);
    expect(findCanaries(SANDBOX_VALUES, { register: await at.read(REGISTER) })).toEqual([]);
    await at.run('audit', '--inventory', 'keys.json', '--format', 'json', '--out', 'out');
    expect(await at.read('out/keyaudit.json')).not.toContain('"rule":"key-undeclared"');
  });

  it('says which line the configuration needs when it names no register', async () => {
    await at.edit('audit.config.yaml', (text) => text.replace('register: audit.keys.yaml', ''));
    await at.run('collect', '--write-register');
    expect(at.shell.said.err).toContain('Name it in audit.config.yaml: register: audit.keys.yaml');
  });

  it('asks no vendor when the register has mistakes', async () => {
    const asked = sandbox.log.entries().length;
    await at.edit(REGISTER, (text) => text.replace('status: active', 'status: sleeping'));
    expect(await at.run('collect', '--write-register')).toBe(2);
    expect(at.shell.said.err).toMatch(/audit\.keys\.yaml:\d+:\d+: /);
    expect(sandbox.log.entries().length).toBe(asked);
  });

  it('ends with 3 when a source could not be read, and adds nothing of it', async () => {
    const before = await at.read(REGISTER);
    sandbox.fail('vidbeo', '401');
    expect(await at.run('collect', '--write-register')).toBe(3);
    sandbox.fail('vidbeo', undefined);
    expect(await at.read(REGISTER)).toBe(before);
  });
});

describe('keyaudit collect', () => {
  it('needs to be told what to write', async () => {
    expect(await at.run('collect')).toBe(2);
    expect(at.shell.said.err).toContain('--write-register');
  });
});

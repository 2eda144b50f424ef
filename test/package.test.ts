import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const run = promisify(execFile);

/** What a package is built and packed from; nothing else of this folder can get into it. */
const SOURCES =
  'src rules test .ci package.json package-lock.json tsconfig.json audit.config.yaml audit.keys.yaml README.md LICENSE CHANGELOG.md SECURITY.md action.yml .gitignore'.split(
    ' ',
  );

const MUST_HOLD = [
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'sbom.cdx.json',
  'audit.config.yaml',
  'audit.keys.yaml',
  'dist/cli/main.js',
  'dist/leaks/pack-reader.js',
  'dist/git/pack/walk.wasm',
  'dist/prepared.json',
  'dist/third-party-licences.txt',
  'rules/keys/key-too-old.yaml',
  'rules/detectors/api-video-key.yaml',
  'src/schemas/config.schema.json',
  'src/templates/github/keyaudit.yml',
];

const MAY_HOLD =
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|sbom\.cdx\.json|audit\.(?:config|keys)\.yaml|dist\/prepared\.json|dist\/third-party-licences\.txt|dist\/(?:cli\/main|leaks\/pack-reader|parts\/[\w.-]+)\.js|dist\/git\/pack\/walk\.wasm|rules\/[\w./-]+\.(?:yaml|md)|src\/schemas\/[\w.-]+\.json|src\/templates\/[\w./-]+)$/;

/** Without a network, and without what an earlier installation left in npm's cache, there is nothing to install from. */
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: Packed;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyaudit-package-'));
  const source = join(folder, 'source');
  await mkdir(source);
  for (const name of SOURCES) await cp(join(ROOT, name), join(source, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  // The build that npm pack starts by itself, in a folder of its own: other tests use this one's.
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: source,
    maxBuffer: 16 * 1024 * 1024,
  });
  const [first] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as readonly Packed[];
  if (first === undefined) throw new Error('npm packed nothing');
  packed = first;
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  const paths = (): readonly string[] => packed.files.map(({ path }) => path);

  it('holds everything that runs, judges and explains', () => {
    expect(MUST_HOLD.filter((path) => !paths().includes(path))).toEqual([]);
  });

  it('holds nothing else: no test, no source, no source map', () => {
    expect(paths().filter((path) => !MAY_HOLD.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(2_000_000);
  });

  it('is joined into few files, in which functions keep their names for the sake of stack traces', async () => {
    const parts = paths().filter((path) => path.startsWith('dist/parts/'));
    expect(parts.length).toBeLessThan(100);
    const texts = await Promise.all(parts.map((path) => readFile(join(folder, 'source', path), 'utf8')));
    for (const name of ['scanTarget', 'conclude', 'correlate'])
      expect(texts.filter((text) => text.includes(`function ${name}(`))).toHaveLength(1);
  });

  it('goes with the licences of the packages whose code it holds', async () => {
    const source = (path: string) => readFile(join(folder, 'source', path), 'utf8');
    const { dependencies } = JSON.parse(await source('package.json')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const code = await Promise.all(
      paths()
        .filter((path) => path.endsWith('.js'))
        .map(source),
    );
    const loaded = (name: string) =>
      code.some((text) => new RegExp(`\\b(?:from |import |import\\(|load\\()"${name}["/]`).test(text));
    const joined = Object.keys(dependencies).filter((name) => !loaded(name));
    expect(joined).toEqual(['ipaddr.js', 'yaml', 'zod']);
    const licences = await source('dist/third-party-licences.txt');
    for (const name of joined) expect(licences).toContain(`\n${name} ${dependencies[name]}\n\n`);
    expect(licences.match(/^Permission /gm)).toHaveLength(joined.length);
  });

  it('installs elsewhere without development dependencies, and runs', async ({ skip }) => {
    const home = join(folder, 'elsewhere');
    await mkdir(home);
    await writeFile(join(home, 'package.json'), '{ "private": true }\n');
    const install = await installed(home);
    if (install !== undefined) return skip(`no package could be fetched: ${install}`);

    const keyaudit = (...argv: readonly string[]) =>
      run(join(home, 'node_modules/.bin/keyaudit'), argv, { cwd: home, env: { PATH: process.env['PATH'] } });
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect((await keyaudit('--version')).stdout).toBe(`keyaudit ${version}\n`);
    expect((await keyaudit('rules', 'test')).stdout).toMatch(/^\d+ rules, \d+ examples, 0 failed\n$/);
    expect((await keyaudit('init')).stdout).toContain('wrote audit.config.yaml');
    const scan = await keyaudit('leaks', 'audit.config.yaml');
    expect(scan.stdout).toContain('0 critical');
  }, 180_000);
});

/** @returns why it could not be installed, where the network is to blame; undefined when it was. */
async function installed(home: string): Promise<string | undefined> {
  const argv = ['install', '--omit=dev', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await run('npm', [...argv, join(folder, packed.filename)], { cwd: home });
    return undefined;
  } catch (error) {
    const code = UNREACHABLE.exec(String(error))?.[0];
    if (code === undefined) throw error;
    return code;
  }
}

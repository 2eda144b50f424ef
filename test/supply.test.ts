import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

const lockedSchema = z.object({
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});
const lock = z
  .object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), z.unknown()) })
  .parse(read('package-lock.json'));
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, one]) => ({ path, ...lockedSchema.parse(one) }));
const shipped = locked.filter(({ dev, devOptional }) => dev !== true && devOptional !== true);
const direct = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(read('package.json'));

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences that ask for no more than to be named. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

describe('what is installed with the package', () => {
  it('runs nothing while it is installed', () => {
    expect(shipped.filter(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
  });

  it('has permissive licences only', () => {
    const others = shipped.filter(({ license = 'none' }) => !PERMISSIVE.includes(license));
    expect(others.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
  });

  it('is named in full, with its version and licence, in SECURITY.md', () => {
    const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
    const missing = shipped
      .map(({ path, version, license = '' }) => `| ${nameOf(path)} | ${version} | ${license} |`)
      .filter((row) => !text.includes(row));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('has a table in SECURITY.md without anything that is no longer installed', () => {
    const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (?<name>[@\w./-]+) \| (?<version>\d[\w.-]*) \|/gm)];
    const known = new Set(shipped.map(({ path, version }) => `${nameOf(path)} ${version}`));
    const gone = rows.map(({ groups }) => `${groups?.['name']} ${groups?.['version']}`);
    expect(gone.filter((row) => !known.has(row))).toEqual([]);
    expect(gone.length).toBeGreaterThan(30);
  });
});

describe('the lock file', () => {
  it('has a SHA-512 digest for every package, so that another content is refused', () => {
    const without = locked.filter(({ integrity = '' }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity));
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  it('fetches nothing from elsewhere than the registry: no git, no file, no link, no other host', () => {
    const elsewhere = locked.filter(
      ({ resolved, link }) =>
        link === true || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it('pins what package.json names, to one version each', () => {
    const all = Object.entries({ ...direct.dependencies, ...direct.devDependencies });
    const loose = all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
    const other = all.filter(
      ([name, version]) => locked.find(({ path }) => path === `node_modules/${name}`)?.version !== version,
    );
    expect(other).toEqual([]);
  });
});

describe('the bill of materials', () => {
  let text: string;
  let again: string;
  let home: string;
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'keyaudit-supply-'));
    const make = (name: string): string => {
      const folder = join(home, name);
      mkdirSync(folder);
      for (const file of ['package.json', 'package-lock.json', '.ci/sbom.mjs']) {
        cpSync(join(ROOT, file), join(folder, file), { recursive: true });
      }
      execFileSync(process.execPath, ['.ci/sbom.mjs'], { cwd: folder });
      return readFileSync(join(folder, 'sbom.cdx.json'), 'utf8');
    };
    [text, again] = [make('one'), make('other')];
  });

  it('is valid CycloneDX 1.5', () => {
    const schemas = 'node_modules/@cyclonedx/cyclonedx-library/res/schema/';
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82']) {
      // Named as the schema of the bill names it.
      const part = read(`${schemas}${name}.SNAPSHOT.schema.json`) as object;
      ajv.addSchema({ ...part, $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
    }
    const isValid = ajv.compile(read(`${schemas}bom-1.5.SNAPSHOT.schema.json`) as object);
    isValid(JSON.parse(text));
    expect(isValid.errors ?? []).toEqual([]);
  });

  it('names each package with its digest and licence', () => {
    const { components } = z
      .object({
        components: z.array(
          z.object({
            name: z.string(),
            version: z.string(),
            hashes: z.array(z.unknown()).min(1),
            licenses: z.array(z.unknown()).min(1),
          }),
        ),
      })
      .parse(JSON.parse(text));
    const told = new Set(components.map(({ name, version }) => `${name} ${version}`));
    expect(
      shipped.map(({ path, version }) => `${nameOf(path)} ${version}`).filter((one) => !told.has(one)),
    ).toEqual([]);
    expect(told.size).toBe(new Set(shipped.map(({ path, version }) => `${nameOf(path)} ${version}`)).size);
  });

  it('is the same wherever and whenever it is made, and tells nothing of the machine', () => {
    expect(again).toBe(text);
    expect(text).not.toContain(hostname());
    expect(text).not.toMatch(new RegExp(`/home/|/root/|/tmp/|timestamp|${userInfo().username}/`));
  });
});

describe('workflows', () => {
  const folder = join(ROOT, '.github/workflows');
  const workflows = readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
  }));

  it.each(workflows)(
    '$name uses actions at a commit only, and no right that it does not name',
    ({ text }) => {
      const uses = [...text.matchAll(/uses: (?<what>\S+)/g)].map((match) => match.groups?.['what'] ?? '');
      expect(uses.filter((what) => !/^[\w./-]+@[0-9a-f]{40}$/.test(what))).toEqual([]);
      expect(text).toMatch(/^permissions: \{\}$/m);
      expect(text).not.toMatch(/pull_request_target|\$\{\{ github\.event\./);
    },
  );

  it('publishing proves its origin, holds no token, and installs without scripts', () => {
    const text = readFileSync(join(folder, 'publish.yml'), 'utf8');
    expect(text).toContain('id-token: write');
    expect(text).toContain('npm publish --provenance');
    expect(text).toContain('npm ci --ignore-scripts');
    expect(text).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN|secrets\./);
  });
});

// Writes sbom.cdx.json, the bill of materials (CycloneDX 1.5) of what is installed with the package, from package-lock.json.
// `npm pack` runs it. npm's own `npm sbom --omit dev` leaves out packages that development needs as well.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const { name, version, license, description } = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const FOLDER = 'node_modules/';
const nameOf = (path) => path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
const refOf = (path) => `${nameOf(path)}@${packages[path].version}`;
const purlOf = (ref) => `pkg:npm/${ref.replace(/^@/, '%40')}`;
const licensed = (id) => (id === undefined ? {} : { licenses: [{ license: { id } }] });

/** Where Node would find a dependency: in the package's own folder, or in the nearest one around it. */
function found(from, dependency) {
  const around = from.split(`/${FOLDER}`);
  for (let depth = around.length; depth > 0; depth -= 1) {
    const path = `${around.slice(0, depth).join(`/${FOLDER}`)}/${FOLDER}${dependency}`.replace(/^\//, '');
    if (path in packages) return path;
  }
  const top = `${FOLDER}${dependency}`;
  return top in packages ? top : undefined;
}

const dependenciesOf = (path) =>
  Object.keys(packages[path].dependencies ?? {}).flatMap((one) => found(path, one) ?? []);

const component = (path) => ({
  'bom-ref': refOf(path),
  type: 'library',
  name: nameOf(path),
  version: packages[path].version,
  scope: 'required',
  hashes: [
    {
      alg: 'SHA-512',
      content: Buffer.from(packages[path].integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
    },
  ],
  ...licensed(packages[path].license),
  purl: purlOf(refOf(path)),
});

/** All that the package needs, however far down; one path for each name and version. */
function reached() {
  const paths = new Map();
  const left = dependenciesOf('');
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (paths.has(path)) continue;
    paths.set(path, dependenciesOf(path));
    left.push(...paths.get(path));
  }
  const byRef = new Map([...paths.keys()].map((path) => [refOf(path), path]));
  return [...byRef].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, path]) => path);
}

const paths = reached();
const self = `${name}@${version}`;
const refsOf = (path) => [...new Set(dependenciesOf(path).map(refOf))].sort();
const components = paths.map(component);
const digest = createHash('sha256').update(JSON.stringify([self, components])).digest('hex');
// A UUID of version 8 (RFC 9562), made from the content: the same content, the same bytes.
const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;

const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: `urn:uuid:${uuid}`,
  version: 1,
  metadata: {
    component: { 'bom-ref': self, type: 'application', name, version, description, ...licensed(license), purl: purlOf(self) },
  },
  components,
  dependencies: [
    { ref: self, dependsOn: refsOf('') },
    ...paths.map((path) => ({ ref: refOf(path), dependsOn: refsOf(path) })),
  ],
};
writeFileSync('sbom.cdx.json', `${JSON.stringify(bom, null, 2)}\n`);

import { known } from '../core/fact.js';
import type { Leak } from '../core/leak.js';
import { defineFact, type FactDefinition } from './define-fact.js';

// Folders and files that a web server hands out or an app carries, by the customs of common frameworks. Our judgement.
const CLIENT_FOLDERS = new Set(['public', 'static', 'www', 'wwwroot', 'htdocs', 'public_html', 'webroot']);
const CLIENT_ENDINGS = [
  '.min.js .bundle.js .chunk.js .js.map .html .htm .vue .svelte .jsx .tsx',
  '.apk .aab .ipa .swift /androidmanifest.xml /info.plist /strings.xml',
].flatMap((line) => line.split(' '));

// Files that exist in order to hold settings or credentials.
const KEY_FILES = new Set(
  [
    '.env .envrc .netrc _netrc .npmrc .curlrc _curlrc c3d_curlrc .pypirc .htpasswd',
    'credentials credentials.json secrets.json secrets.yml secrets.yaml secrets.toml',
    'local.settings.json terraform.tfvars wp-config.php gradle.properties local.properties',
  ].flatMap((line) => line.split(' ')),
);

/** What the paths of a leak tell. */
export const LEAK_PATHS: readonly FactDefinition<Leak>[] = [
  defineFact('leak.clientPaths', 'strings', {
    meaning: 'those of its paths that are shipped to users: web pages, bundles, public folders, mobile apps',
    compute: (leak) => known(pathsOf(leak).filter(isClientPath)),
  }),
  defineFact('leak.keyFiles', 'strings', {
    meaning: 'those of its paths that are settings or credential files and lie in the tree today',
    compute: (leak) => known(pathsOf(leak, true).filter(isKeyFile)),
  }),
];

function pathsOf({ places }: Leak, inHeadOnly = false): readonly string[] {
  const paths = places.flatMap(({ path, inHead }) =>
    path === undefined || (inHeadOnly && !inHead) ? [] : [path],
  );
  return [...new Set(paths)].sort();
}

function isClientPath(path: string): boolean {
  const lower = `/${path.toLowerCase()}`;
  const folders = lower.split('/').slice(0, -1);
  return (
    folders.some((folder) => CLIENT_FOLDERS.has(folder)) || CLIENT_ENDINGS.some((end) => lower.endsWith(end))
  );
}

function isKeyFile(path: string): boolean {
  const name = path.toLowerCase().split('/').at(-1) ?? '';
  return KEY_FILES.has(name) || name.startsWith('.env.') || name.endsWith('.env');
}

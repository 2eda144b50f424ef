// The last step of `npm run build`: joins the compiled files that the program loads into few, because most of a short run's time
// goes into opening files. What only tests and tools load stays in dist as tsc wrote it, and is not published.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const DIST = resolve('dist');
/** What starts by its path: the program, and the thread that reads packs. */
const ENTRIES = ['cli/main', 'leaks/pack-reader'];
/** Packages on the way of a pre-commit hook, of which each has over fifty files. Others are loaded from where npm puts them. */
const JOINED = ['ipaddr.js', 'yaml', 'zod'];
const LICENCES = 'third-party-licences.txt';

const isOutside = (id) => !id.startsWith('.') && !id.startsWith('/') && !JOINED.includes(id);

/** Files are found beside the module that names them; joined code stands elsewhere, but always one folder below dist. */
const ownPlace = {
  name: 'own-place',
  transform(code, id) {
    if (!id.startsWith(DIST) || !code.includes('import.meta.url')) return null;
    const place = JSON.stringify(`../${relative(DIST, id)}`);
    return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
  },
};

const joined = await rolldown({
  input: Object.fromEntries(ENTRIES.map((name) => [name, join(DIST, `${name}.js`)])),
  platform: 'node',
  external: isOutside,
  plugins: [ownPlace],
});
const { output } = await joined.write({
  dir: DIST,
  format: 'esm',
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name]-[hash].js',
});
writeFileSync(join(DIST, LICENCES), licences(output.flatMap(({ moduleIds = [] }) => moduleIds)));

/** Of the packages whose code is among the modules: their licences ask to go with it. */
function licences(modules) {
  const found = modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []);
  const texts = [...new Set(found)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!JOINED.includes(name)) throw new Error(`${name} got into the program: name it in JOINED, or leave it out`);
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) throw new Error(`${name} has no licence text`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `Code of these packages is part of this program.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

// The last step of `npm run build`: joins the compiled files that the program loads into few, because most of a short run's time
// goes into opening files. What only tests and tools load stays in dist as tsc wrote it, and is not published.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { JOINED, joinModules } from './join-modules.mjs';

const DIST = resolve('dist');
/** What starts by its path: the program, and the thread that reads packs. */
const PROGRAM = 'cli/main';
const THREAD = 'leaks/pack-reader';
const LICENCES = 'third-party-licences.txt';

/** What every run of the program loads, and a leak scan, which is to be as quick as a pre-commit hook must be. */
const START = { name: 'start', test: /[\\/]cli[\\/](?:run|process-shell|commands[\\/]leaks)\.js$/ };

/** Joined code always stands one folder below dist. */
const placeOf = (id) => `new URL(${JSON.stringify(`../${relative(DIST, id)}`)}, import.meta.url).href`;
const joined = (name, groups) =>
  joinModules({ from: DIST, entry: { name, path: `${name}.js` }, to: DIST, groups, placeOf });

// The thread has all of its own in one file: it shares none with the program, and waits for each that it opens.
const modules = [...(await joined(PROGRAM, [START])), ...(await joined(THREAD, []))];
writeFileSync(join(DIST, LICENCES), licences(modules));

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

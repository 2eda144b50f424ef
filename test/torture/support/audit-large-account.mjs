// One whole `keyaudit audit` in this process, over a large account that is answered from memory, on the account's clock, and over
// repositories. Prints what it took, as JSON: node audit-large-account.mjs PROJECTS KEYS_PER_PROJECT FOLDER REPOSITORY…
// FOLDER becomes the working folder; a repository `planted` with keys of the account is made there.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { loadCommands } from '../../../dist/cli/commands/load-commands.js';
import { createProcessShell } from '../../../dist/cli/process-shell.js';
import { run } from '../../../dist/cli/run.js';
import { createTempFolders } from '../../../dist/cli/temp-folders.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { Account, Clock, valueOf } from './large-account.mjs';
import { makeRepository } from './raw-git.mjs';

const PLANTED = 200;
const ADDRESS = 'http://127.0.0.1:9';
const [projects, perProject, folder, ...repositories] = process.argv.slice(2);
const size = { projects: Number(projects), perProject: Number(perProject) };

mkdirSync(join(folder, 'planted'), { recursive: true });
const planted = Array.from({ length: Math.min(PLANTED, size.projects) }, (_, at) => valueOf(`p${at}k0`));
// A second run in the same folder finds it there.
if (!existsSync(join(folder, 'planted/.git')))
  makeRepository(join(folder, 'planted'), {
    '.env': planted.map((value, at) => `KEY_${at}=${value}\n`).join(''),
  });
const local = ['planted', ...repositories].map((path) => JSON.stringify(path)).join(', ');
const source = `{ id: v, vendor: api-video, baseUrl: "${ADDRESS}", credential: { env: TORTURE_ADMIN } }`;
writeFileSync(
  join(folder, 'audit.config.yaml'),
  `version: 1\nsources:\n  - ${source}\nrepositories: { local: [${local}] }\n`,
);
process.chdir(folder);

const clock = new Clock();
const account = new Account(clock, size);
// What the program makes for its requests to this machine; nothing else of it is changed.
createRequire(import.meta.url)('undici').Agent = class {
  constructor() {
    return account;
  }
};

const began = performance.now();
const peaks = {};
const reached = (phase) => {
  const mb = Math.round(process.resourceUsage().maxRSS / 1024);
  const { user, system } = process.cpuUsage();
  peaks[phase] ??= { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6, mb };
};
const temp = createTempFolders();
const signal = new AbortController().signal;
const real = createProcessShell({
  quiet: true,
  verbose: false,
  color: false,
  hyperlinks: false,
  signal,
  temp,
});
let bytes = 0;
const shell = {
  ...real,
  clock,
  env: { PATH: process.env.PATH, HOME: folder, TORTURE_ADMIN: fakeKey('api-video', 'admin') },
  progress: {
    note: (text) => text.startsWith('Looking for leaks') && reached('collected'),
    detail: () => undefined,
  },
  print: () => undefined,
  warn: (text) => console.error(text),
  writeFile(path, content) {
    if (path.includes('reports')) reached('judged');
    const counted = function* () {
      for (const piece of typeof content === 'string' ? [content] : content) {
        bytes += piece.length;
        yield piece;
      }
    };
    return real.writeFile(path, counted());
  },
};
const formats = 'sarif,markdown,html,json,junit,csv';
const args = ['audit', '--as-of', '2026-11-15', '--format', formats, '--cache-dir', 'cache'];
const code = await clock.run(run(args, await loadCommands('audit'), shell));
reached('written');
temp.removeAll();
const heapMb = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
console.log(
  JSON.stringify({ code, planted: planted.length, requests: account.requests, bytes, heapMb, peaks }),
);

// Node's own reports of crashes hold the whole environment, and so the credentials. A user, or a platform by NODE_OPTIONS, can ask
// for them by flags; the program switches them off as soon as it begins.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { filesIn } from './audit-site.mjs';

export const REPORTING = ['--report-on-fatalerror', '--report-uncaught-exception', '--report-on-signal'];
const TINY_HEAP = '--max-old-space-size=12';

const reportsIn = (folder) =>
  Object.entries(filesIn(folder)).filter(([path]) => /(?:^|\/)report\..*\.json$/.test(path));

/** The very same flags do make Node write them: else the search would find nothing whatever the program did. */
function writtenByNodeAlone(folder) {
  const options = { cwd: folder, stdio: 'ignore' };
  spawnSync(process.execPath, [...REPORTING, '-e', 'throw new Error("x")'], options);
  const endless = 'const all = []; for (;;) all.push(new Array(1000).fill({}))';
  spawnSync(process.execPath, [...REPORTING, TINY_HEAP, '-e', endless], options);
  const onSignal = 'process.kill(process.pid, "SIGUSR2"); setTimeout(() => {}, 500)';
  spawnSync(process.execPath, [...REPORTING, '-e', onSignal], options);
  return reportsIn(folder).length;
}

const hear = ({ child, ended }) =>
  Promise.race([new Promise((resolve) => child.stderr.once('data', resolve)), ended]);

/** @param breaks preloads that break an audit, by name */
export async function diagnosticReports(site, breaks) {
  const folder = site.path('reporting');
  mkdirSync(folder);
  const control = writtenByNodeAlone(folder);
  rmSync(folder, { recursive: true });
  const begin = (execArgv) => {
    mkdirSync(folder);
    const args = ['--config', '../audit.config.yaml', '--verbose'];
    return site.audit(args, { cwd: folder, execArgv: [...REPORTING, ...execArgv] });
  };
  const texts = {};
  let written = 0;
  const end = (what) => {
    const found = reportsIn(folder);
    written += found.length;
    texts[what] = found.map(([, text]) => text).join('\n');
    // A git that outlived the program may still write there.
    rmSync(folder, { recursive: true, maxRetries: 20 });
  };
  for (const [what, preload] of Object.entries(breaks)) {
    await begin(['--import', preload]).ended;
    end(`an error ${what}`);
  }
  for (const afterMs of [0, 300, 600]) {
    const run = begin([]);
    await hear(run);
    setTimeout(() => run.child.kill('SIGUSR2'), afterMs);
    await run.ended;
    end(`a signal ${afterMs} ms after the first word`);
  }
  await begin([TINY_HEAP]).ended;
  end('a heap that is full');
  return { texts, note: `${written} were written; with the same flags Node alone writes ${control} of 3` };
}

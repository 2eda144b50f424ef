// scan-once.mjs joined into few files, as the published program is: else most of a short scan is the loading of three hundred.
// node joined-scan.mjs ROOT FOLDER
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const NAME = 'bench/scan-once';

/**
 * Joins in a process of its own: how much memory a child took at most is no less than what its parent held.
 * @param root the folder of a built program
 * @param to where the joined files go
 * @returns the path of the joined script
 */
export function joinedScan(root, to) {
  execFileSync(process.execPath, [SELF, root, to], { stdio: 'pipe' });
  return join(to, `${NAME}.js`);
}

if (process.argv[1] === SELF) {
  const [root, to] = process.argv.slice(2);
  const { joinModules } = await import('../../../.ci/join-modules.mjs');
  await joinModules({
    from: root,
    entry: { name: NAME, path: 'test/bench/leak-runs/scan-once.mjs' },
    to,
    groups: [{ name: 'scan', test: /scan-once\.mjs$/ }],
    placeOf: (id) => JSON.stringify(pathToFileURL(id).href),
  });
}

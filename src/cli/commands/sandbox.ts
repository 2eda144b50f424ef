import { once } from 'node:events';
import { SANDBOX_PORT, startSandbox } from '../../sandbox/start-sandbox.js';
import { SANDBOX_AS_OF } from '../../sandbox/as-of.js';
import { wholeNumberFlag } from '../audit-options.js';
import type { Command } from '../command.js';

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'serve the embedded vendors and a GitHub on loopback, until interrupted',
  maxArgs: 0,
  flags: ['port'],
  examples: [
    ['keyaudit sandbox', 'then, in another terminal, export what it prints and run keyaudit audit'],
    ['keyaudit sandbox --port 0', 'on any free port'],
  ],
  async run(invocation, shell) {
    const port = wholeNumberFlag(invocation, 'port', { min: 0, max: 65_535 }) ?? SANDBOX_PORT;
    const sandbox = await startSandbox({ port, folder: await shell.makeTempFolder() });
    try {
      for (const [name, url] of Object.entries(sandbox.urls)) shell.print(`# ${name}: ${url}`);
      shell.print(
        `# Judge its company as of ${SANDBOX_AS_OF}. Its credentials are fake and open nothing else:`,
      );
      for (const [name, value] of Object.entries(sandbox.credentials))
        shell.print(`export ${name}='${value}'`);
      if (!shell.signal.aborted) await once(shell.signal, 'abort');
      return 0;
    } finally {
      await sandbox.close();
    }
  },
};

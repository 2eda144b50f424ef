import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseInstant } from '../../core/instant.js';
import { readConfig } from '../../config/config.js';
import { readRegister } from '../../inventory/register.js';
import { SANDBOX_AS_OF } from '../../sandbox/as-of.js';
import { type Sandbox, SANDBOX_PORT, startSandbox } from '../../sandbox/start-sandbox.js';
import { type AuditOptions, auditOptions } from '../audit-options.js';
import { type Command, type Invocation, switchedOn, textFlag } from '../command.js';
import { openHistory } from '../history-file.js';
import { printSummary } from '../print-summary.js';
import { readInputFile } from '../read-input-file.js';
import { runAudit } from '../run-audit.js';
import type { Shell } from '../shell.js';
import { writeReports } from '../write-reports.js';

/** The package's own folder: the demo's configuration and key register lie there. */
const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));

export const demoCommand: Command = {
  name: 'demo',
  summary: 'the whole audit against the embedded sandbox; needs no account',
  maxArgs: 0,
  flags: ['out', 'format'],
  examples: [['keyaudit demo', 'findings do not make it fail: it shows what an audit looks like']],
  async run(invocation, shell) {
    shell.progress.note(
      'Starting the sandbox: three vendors, a GitHub, and a made-up company with fake keys',
    );
    const sandbox = await usualSandbox(shell);
    try {
      // Its credentials exist in this process only; the configuration refers to them by name.
      const inside: Shell = { ...shell, env: { ...shell.env, ...sandbox.credentials } };
      const options = await demoOptions(invocation, sandbox, inside);
      const history = await openHistory(options.directory, inside);
      const result = history.including(await runAudit(options, inside));
      const files = await writeReports(result, options, inside);
      await history.save(result);
      if (!switchedOn(invocation, 'quiet')) printSummary(result, files, inside);
      return 0;
    } finally {
      await sandbox.close();
    }
  },
};

/** At the usual port, so that every demo writes the same bytes; at a free one where somebody else has that. */
async function usualSandbox(shell: Shell): Promise<Sandbox> {
  try {
    return await startSandbox({ folder: await shell.makeTempFolder(), port: SANDBOX_PORT });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return startSandbox({ folder: await shell.makeTempFolder() });
  }
}

async function demoOptions(invocation: Invocation, sandbox: Sandbox, shell: Shell): Promise<AuditOptions> {
  const path = resolve(PACKAGE, 'audit.config.yaml');
  const { text } = await readInputFile({ path, what: "the demo's configuration" }, shell);
  // The configuration names the usual port; this sandbox may have had to take another.
  const moved = text.replaceAll(`http://127.0.0.1:${SANDBOX_PORT}`, sandbox.origin);
  const config = readConfig({ file: 'audit.config.yaml', text: moved });
  const keys = resolve(PACKAGE, config.register ?? 'audit.keys.yaml');
  const written = await readInputFile({ path: keys, what: "the demo's key register" }, shell);
  const register = readRegister({ ...written, file: 'audit.keys.yaml' });
  const options = await auditOptions(invocation, { config, register }, shell);
  const asOf = parseInstant(SANDBOX_AS_OF) ?? options.asOf;
  const directory = textFlag(invocation, 'out') ?? config.reports.directory;
  return { ...options, asOf, fixedTime: true, directory };
}

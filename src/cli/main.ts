#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { showsHyperlinks } from '../reports/terminal/hyperlink.js';
import { loadCommands } from './commands/load-commands.js';
import { keysInArguments } from './keys-in-arguments.js';
import { createProcessShell } from './process-shell.js';
import { reportError, run } from './run.js';
import { sealMemory } from './sealed-memory.js';
import { createTempFolders } from './temp-folders.js';

/** An interrupt must end within two seconds; this long the parts may take to stop by themselves. */
const GRACE_MS = 1500;

sealMemory();

const temp = createTempFolders();
const interrupt = new AbortController();

function onSignal(): void {
  if (interrupt.signal.aborted) return end(130);
  interrupt.abort(new Error('interrupted'));
  setTimeout(() => end(130), GRACE_MS).unref();
}

function end(code: number): never {
  temp.removeAll();
  process.exit(code);
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
process.on('exit', () => temp.removeAll());

const argv = process.argv.slice(2);
const color =
  !argv.includes('--no-color') &&
  process.env['NO_COLOR'] === undefined &&
  (process.stdout.isTTY || process.env['FORCE_COLOR'] === '1');
const shell = createProcessShell({
  quiet: argv.includes('--quiet'),
  verbose: argv.includes('--verbose'),
  color,
  hyperlinks: process.stdout.isTTY && color && showsHyperlinks(process.env),
  signal: interrupt.signal,
  temp,
});

shell.protect(keysInArguments(argv, existsSync));

// What no call awaits would be printed by Node itself, past the guard.
process.on('uncaughtException', (error) => end(reportError(error, shell)));
process.on('unhandledRejection', (error) => end(reportError(error, shell)));

process.exitCode = await run(argv, await loadCommands(argv[0]), shell);
temp.removeAll();

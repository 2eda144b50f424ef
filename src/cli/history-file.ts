import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isComplete } from '../core/coverage.js';
import type { AuditResult } from '../core/result.js';
import { historyText, parseHistory, recorded, withAudit } from '../findings/history.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

/** The audits before this one, as the reports folder keeps them. */
export interface HistoryFile {
  /** The result with the history up to itself, for reports that show a trend. */
  readonly including: (result: AuditResult) => AuditResult;
  /** Keeps the result for the next audits, unless it is incomplete or a look back. */
  readonly save: (result: AuditResult) => Promise<void>;
}

/**
 * Opens `history.jsonl` of a reports folder, before anything is asked: a file that cannot be read must not be replaced.
 * @throws ConfigError when it is no text
 */
export async function openHistory(directory: string, shell: Shell): Promise<HistoryFile> {
  const path = join(directory, 'history.jsonl');
  const { entries, broken } = parseHistory(await textOf(path, shell));
  const notes = broken === 0 ? [] : [brokenNote(path, broken)];
  return {
    including: (result) => ({
      ...result,
      notes: [...result.notes, ...notes],
      history: withAudit(entries, result),
    }),
    async save(result) {
      if (result.coverage.length === 0 || !isComplete(result.coverage)) return;
      await shell.writeFile(resolve(shell.cwd, path), historyText(recorded(entries, result)));
    },
  };
}

async function textOf(path: string, shell: Shell): Promise<string> {
  const found = await stat(resolve(shell.cwd, path)).catch(() => undefined);
  if (found === undefined) return '';
  const hint = 'move it away to begin a new one; the trend starts again then';
  return (await readInputFile({ path, what: 'the history of audits', hint }, shell)).text;
}

const brokenNote = (path: string, broken: number): string =>
  `${broken} ${broken === 1 ? 'line' : 'lines'} of ${path} could not be read: the trend does without.`;

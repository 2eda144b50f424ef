import type { AuditResult } from '../core/result.js';

/** One file of a report, ready to be written. */
export interface RenderedFile {
  /** Slash-separated, relative to the reports folder. */
  readonly path: string;
  /** The whole text, or its pieces in order for what may grow large; pieces can be read once. */
  readonly content: string | Iterable<string>;
}

/** A report: pure, the same result gives the same bytes. */
export type Report = (result: AuditResult) => readonly RenderedFile[];

import type { Coverage } from '../../core/coverage.js';
import { dateOf } from '../../core/instant.js';
import type { AuditResult, Gate } from '../../core/result.js';
import { visibleName, visibleProse } from '../escape/visible.js';
import { neutralLine } from '../escape/workflow-command.js';
import { VERDICT_TITLES } from '../words/verdict-title.js';
import { countLines } from './count-lines.js';
import { driftLines } from './drift-lines.js';
import { forecastLines } from './forecast-lines.js';
import { hyperlink } from './hyperlink.js';
import { leakLines } from './leak-lines.js';
import { type Colour, painter } from './paint.js';
import type { Screen } from './screen.js';
import { worstLines } from './worst-lines.js';
import { wrap } from './wrap.js';

export interface TerminalOptions {
  /** Columns; 80 where nobody knows. */
  readonly width: number;
  readonly colour: boolean;
  readonly hyperlinks?: boolean;
}

/** The summary that ends an audit. Every text in it is safe for a terminal and for GitHub's runner. */
export function terminalSummary(result: AuditResult, options: TerminalOptions): string {
  const link = options.hyperlinks === true ? hyperlink : (text: string) => text;
  const screen: Screen = { width: options.width, paint: painter(options.colour), link };
  const sections = [
    verdictLines(result, screen),
    holeLines(result.coverage, screen),
    countLines(result, screen),
    worstLines(result, screen),
    driftLines(result, screen),
    leakLines(result, screen),
    forecastLines(result, screen),
    noteLines(result.notes, screen),
  ];
  const lines = sections.filter((section) => section.length > 0).flatMap((section) => [...section, '']);
  return `${lines.map(neutralLine).join('\n')}`;
}

const VERDICT_COLOURS = { pass: 'green', fail: 'red', incomplete: 'yellow' } as const satisfies Record<
  Gate['result'],
  Colour
>;

function verdictLines({ gate, tool, run }: AuditResult, { width, paint }: Screen): readonly string[] {
  const title = paint('bold', paint(VERDICT_COLOURS[gate.result], VERDICT_TITLES[gate.result].toUpperCase()));
  return [
    `${title}  ${paint('dim', `${tool.name} ${tool.version}, as of ${dateOf(run.asOf)}`)}`,
    ...gate.reasons.flatMap((reason) => wrap(visibleProse(reason), width, '  ')),
  ];
}

/** A terminal is no place for a wall; the reports have all of them. */
const MAX_HOLES = 10;

function holeLines(coverage: readonly Coverage[], { width, paint }: Screen): readonly string[] {
  const holes = coverage.filter((entry) => entry.status !== 'complete');
  if (holes.length === 0) return [];
  const left = holes.length - MAX_HOLES;
  return [
    paint('bold', 'Could not be looked at'),
    ...holes
      .slice(0, MAX_HOLES)
      .flatMap(({ source, part, status, reason = '' }) => [
        `  ${paint('yellow', status)} ${visibleName(source)}, ${visibleName(part)}`,
        ...wrap(visibleProse(reason), width, '    '),
      ]),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
}

function noteLines(notes: readonly string[], { width, paint }: Screen): readonly string[] {
  if (notes.length === 0) return [];
  const shown = notes.slice(0, MAX_HOLES).flatMap((note) => wrap(visibleProse(note), width, '  '));
  const left = notes.length - MAX_HOLES;
  return [paint('bold', 'Notes'), ...shown, ...(left > 0 ? [`  and ${left} more`] : [])];
}

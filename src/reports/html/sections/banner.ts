import { dateOf } from '../../../core/instant.js';
import { keyRefText } from '../../../core/key.js';
import type { AuditResult } from '../../../core/result.js';
import { firstSteps } from '../../words/first-steps.js';
import { counted, numberText } from '../../words/number-text.js';
import { activeFindings } from '../../words/select-findings.js';
import { subjectPhrase } from '../../words/subject-phrase.js';
import { VERDICT_TITLES } from '../../words/verdict-title.js';
import { owner, phrase, text } from '../page/markup.js';

/** The first screen: whether to worry, and why. */
export function banner(result: AuditResult): string {
  const { gate, run, tool } = result;
  const reasons = gate.reasons.map((reason) => `<li>${text(reason)}</li>`).join('');
  return [
    '<header class="banner">',
    `<div class="verdict ${gate.result}"><h1>${VERDICT_TITLES[gate.result]}</h1><ul>${reasons}</ul>`,
    worst(result),
    `<p class="muted">${text(tool.name)} ${text(tool.version)}, as of ${dateOf(run.asOf)}</p></div>`,
    `<ul class="tiles">${tiles(result).map(tileMarkup).join('')}</ul>`,
    '</header>\n',
  ].join('\n');
}

/** Why to worry, in one sentence: the first of what to do first. */
function worst(result: AuditResult): string {
  const [first] = firstSteps(result, 1);
  if (first === undefined) return '';
  const { risk, because } = first;
  return `<p><b>First:</b> ${phrase(subjectPhrase(risk.subject))}. ${text(because)} Owner: ${owner(risk.owner)}. <a href="#first">What to do</a></p>`;
}

interface Tile {
  readonly value: number;
  readonly label: string;
  /** How it is coloured when it is not zero. */
  readonly style: 'critical' | 'high' | 'medium' | 'plain';
}

function tiles(result: AuditResult): readonly Tile[] {
  const active = activeFindings(result.findings);
  const holes = new Set(
    result.coverage.filter(({ status }) => status !== 'complete').map(({ source }) => source),
  );
  const of = (severity: string): number => active.filter((finding) => finding.severity === severity).length;
  return [
    { value: livingLeaks(result), label: 'leaked strings whose key still works', style: 'critical' },
    { value: of('critical'), label: 'active critical findings', style: 'critical' },
    { value: of('high'), label: 'active high findings', style: 'high' },
    { value: holes.size, label: 'sources and repositories not read completely', style: 'medium' },
    {
      value: result.counts.keys,
      label: `keys in ${counted(result.counts.projects, 'project')}`,
      style: 'plain',
    },
  ];
}

function livingLeaks({ leaks, keys }: AuditResult): number {
  const living = new Set(
    keys.filter(({ live }) => live.state === 'known' && live.value).map((key) => keyRefText(key)),
  );
  return leaks.filter((leak) => leak.keys.some((ref) => living.has(keyRefText(ref)))).length;
}

function tileMarkup({ value, label, style }: Tile): string {
  const shown = style === 'plain' ? style : value === 0 ? 'good' : style;
  return `<li class="tile-${shown}"><b>${numberText(value)}</b> ${label}</li>`;
}

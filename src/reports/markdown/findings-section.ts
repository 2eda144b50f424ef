import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import { html } from '../escape/html.js';
import { code, prose } from '../escape/markdown.js';
import { type FindingGroup, groupByVendorAndRule } from '../words/group-findings.js';
import { numberText } from '../words/number-text.js';
import { activeFindings } from '../words/select-findings.js';
import { subjectPhrase } from '../words/subject-phrase.js';
import { type Block, block, heading, table } from './block.js';
import { ownerMarkup, phraseMarkup } from './phrase-markup.js';

/** Keeps a block small, so that the cut at the size limit wastes little. */
const ROWS_A_BLOCK = 50;

/** Every active finding, by owner, then by rule and vendor; what many say is said once. */
export function* findingsSection({ findings, rules }: AuditResult): Generator<Block> {
  const active = activeFindings(findings);
  if (active.length === 0) return;
  const titles = new Map(rules.map((rule) => [rule.id, rule.title]));
  yield heading('All findings by owner');
  for (const [owner, own] of byOwner(active)) {
    yield block([`<h3>${ownerMarkup(owner)}: ${numberText(own.length)}</h3>`]);
    for (const group of groupByVendorAndRule(own)) yield* groupBlocks(group, titles.get(group.rule) ?? '');
  }
}

function byOwner(findings: readonly Finding[]): ReadonlyMap<string | null, readonly Finding[]> {
  const owners = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const own = owners.get(finding.owner);
    if (own === undefined) owners.set(finding.owner, [finding]);
    else own.push(finding);
  }
  return owners;
}

function* groupBlocks(group: FindingGroup, title: string): Generator<Block> {
  for (let from = 0; from < group.findings.length; from += ROWS_A_BLOCK) {
    const part = group.findings.slice(from, from + ROWS_A_BLOCK);
    yield block(partLines({ group, part, title, continued: from > 0 }), part.length);
  }
}

interface Part {
  readonly group: FindingGroup;
  readonly part: readonly Finding[];
  readonly title: string;
  readonly continued: boolean;
}

function partLines({ group, part, title, continued }: Part): readonly string[] {
  const { rule, severity, findings, first } = group;
  const { vendor } = first.subject;
  const sameFix = findings.every((finding) => finding.fix === first.fix);
  const at = vendor === undefined ? '' : ` at ${html(vendor)}`;
  const head = continued ? ' (continued)' : `: ${prose(title)}`;
  const summary = `<summary><b>${severity}</b> ${html(rule)}${at}, ${numberText(findings.length)}${head}</summary>`;
  const rows = part.map((finding) => row(finding, sameFix));
  return [
    `<details>${summary}`,
    sameFix ? `<p>Next step: ${prose(first.fix)}</p>` : '',
    ...table(['Whom', 'What', 'Status', ...(sameFix ? [] : ['Next step'])], rows),
    '</details>',
  ];
}

function row({ subject, message, status, fix, id }: Finding, sameFix: boolean): readonly string[] {
  const whom = `${phraseMarkup(subjectPhrase(subject))}<br>${code(id)}`;
  return [whom, prose(message), status, ...(sameFix ? [] : [prose(fix)])];
}

import { digestOf } from '../../core/digest.js';
import { type Finding, SEVERITIES } from '../../core/finding.js';
import { dateOf } from '../../core/instant.js';
import type { AuditResult } from '../../core/result.js';
import { visibleName } from '../escape/visible.js';
import { type Block, block } from '../markdown/block.js';
import { findingsSection } from '../markdown/findings-section.js';
import { limited } from '../markdown/limit.js';
import { worstSection } from '../markdown/worst-section.js';
import { counted } from '../words/number-text.js';
import { activeFindings } from '../words/select-findings.js';

/** What one owner should be told in an issue. */
export interface OwnerIssue {
  /** As the key register names them; null: what nobody owns. */
  readonly owner: string | null;
  /** At most 256 characters, as GitHub takes. */
  readonly title: string;
  /** Markdown without any mention, at most {@link MAX_ISSUE_BYTES} long. */
  readonly text: string;
  /** 32 hex digits: which findings, how bad and in how many places. Not what changes by itself, such as a key's age. */
  readonly state: string;
}

/** GitHub takes 65,536 characters, with the marker and the mention before the text. */
const MAX_ISSUE_BYTES = 60_000;
const MAX_TITLE_NAME = 120;

/** One issue for each owner of active findings, in the findings' order: worst first. */
export function ownerIssues(audit: AuditResult): readonly OwnerIssue[] {
  const owners = new Map<string | null, Finding[]>();
  for (const finding of activeFindings(audit.findings)) {
    const own = owners.get(finding.owner);
    if (own === undefined) owners.set(finding.owner, [finding]);
    else own.push(finding);
  }
  return [...owners].map(([owner, findings]) => ({
    owner,
    title: titleOf(owner, findings.length),
    text: [...limited(blocksOf({ ...audit, findings }), MAX_ISSUE_BYTES)].join(''),
    state: stateOf(findings),
  }));
}

function titleOf(owner: string | null, count: number): string {
  const what = `API keys: ${counted(count, 'finding')}`;
  if (owner === null) return `${what} that nobody owns`;
  const name = visibleName(owner);
  // An @ in a title mentions nobody, but reads as if it did.
  const short = name.length > MAX_TITLE_NAME ? `${name.slice(0, MAX_TITLE_NAME)}…` : name;
  return `${what} of ${short.replaceAll('@', '(at)')}`;
}

function* blocksOf(own: AuditResult): Generator<Block> {
  yield block([
    `<p>As of ${dateOf(own.run.asOf)}: ${severitiesOf(own.findings)}. keyaudit rewrites this issue when that changes, and closes it when nothing is left. What you write in comments stays.</p>`,
  ]);
  yield* worstSection(own);
  yield* findingsSection(own);
}

function severitiesOf(findings: readonly Finding[]): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return parts.join(', ');
}

function stateOf(findings: readonly Finding[]): string {
  const parts = findings.map(({ id, severity, status, places, owner }) =>
    digestOf(id, severity, status, String(places.length), owner ?? ''),
  );
  return digestOf('keyauditIssueState/v1', ...parts.toSorted()).slice(0, 32);
}

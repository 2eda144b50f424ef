import { type Finding, SEVERITIES } from '../../../core/finding.js';
import { dateOf } from '../../../core/instant.js';
import { type KeyRecord, keyRefText } from '../../../core/key.js';
import type { Leak } from '../../../core/leak.js';
import type { AuditResult } from '../../../core/result.js';
import { html } from '../../escape/html.js';
import { counted } from '../../words/number-text.js';
import { keyFacts } from './key-facts.js';
import { leakTimeline } from '../charts/leak-timeline.js';
import { keyAnchor, leakAnchor } from '../page/key-anchor.js';
import { name, severityMark, text } from '../page/markup.js';

/** One section a key: what is known of it, what was found, and its leaks. */
export function* keysSection(result: AuditResult): Generator<string> {
  if (result.keys.length === 0) return;
  const findings = findingsByKey(result.findings);
  const leaks = leaksByKey(result.leaks);
  yield '<section aria-labelledby="keys"><h2 id="keys">Every key</h2>\n';
  for (const key of worstFirst(result.keys, findings)) {
    const ref = keyRefText(key);
    yield keyMarkup({ key, findings: findings.get(ref) ?? [], leaks: leaks.get(ref) ?? [], result });
  }
  yield '</section>\n';
}

/** Findings are in order, so that a key's first one is its worst; keys without any keep their order at the end. */
function worstFirst(
  keys: readonly KeyRecord[],
  findings: ReadonlyMap<string, readonly Finding[]>,
): readonly KeyRecord[] {
  const rank = new Map<KeyRecord, number>(
    keys.map((key) => {
      const worst = findings.get(keyRefText(key))?.find(isActive);
      return [key, worst === undefined ? SEVERITIES.length : SEVERITIES.indexOf(worst.severity)];
    }),
  );
  return keys.toSorted((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0));
}

const isActive = ({ verdict, status }: Finding): boolean => verdict === 'fail' && status !== 'suppressed';

interface KeyParts {
  readonly key: KeyRecord;
  readonly findings: readonly Finding[];
  readonly leaks: readonly Leak[];
  readonly result: AuditResult;
}

function keyMarkup({ key, findings, leaks, result }: KeyParts): string {
  const shown = key.name.state === 'known' && key.name.value !== '' ? key.name.value : key.id;
  const worst = findings.find(isActive);
  const mark = worst === undefined ? '' : ` ${severityMark(worst.severity)}`;
  const sums = [counted(findings.length, 'finding'), ...(leaks.length === 0 ? [] : ['leaked'])].join(', ');
  return [
    `<details class="key" id="${keyAnchor(key.source, key.id)}"><summary>${name(shown)}${mark}`,
    ` <span class="muted">${text(key.source)}, ${sums}</span></summary>`,
    `<dl class="facts">${keyFacts(key, result.run.asOf)
      .map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`)
      .join('')}</dl>`,
    leaks.map((leak) => leakPart(leak, key, result)).join(''),
    findings.length === 0 ? '' : `<ul>${findings.map(findingItem).join('')}</ul>`,
    '</details>\n',
  ].join('');
}

function leakPart(leak: Leak, key: KeyRecord, { run }: AuditResult): string {
  const link = `<a href="#${leakAnchor(leak.fingerprint)}">${counted(leak.places.length, 'place')} and its history</a>`;
  const until = `<p>Leaked: ${link}, as of ${dateOf(run.asOf)}.</p>`;
  return until + leakTimeline({ leak, key, asOf: run.asOf });
}

function findingItem({ severity, rule, message, status, verdict, id }: Finding): string {
  const state = verdict === 'unknown' ? 'could not be judged' : status;
  return `<li><a href="#finding-${id}">${html(rule)}</a> ${severityMark(severity)} ${text(message)} <span class="muted">(${state})</span></li>`;
}

function findingsByKey(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return grouped(
    findings.filter(({ subject }) => subject.kind !== 'source'),
    ({ subject }) => [`${subject.source}/${subject.id}`],
  );
}

const leaksByKey = (leaks: readonly Leak[]): ReadonlyMap<string, readonly Leak[]> =>
  grouped(leaks, ({ keys }) => keys.map(keyRefText));

function grouped<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

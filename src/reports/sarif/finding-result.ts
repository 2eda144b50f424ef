import type { Location, Result } from 'sarif';
import type { Finding } from '../../core/finding.js';
import { type KeyRecord } from '../../core/key.js';
import type { Rule } from '../../core/rule.js';
import { sarifMessage } from '../escape/sarif-message.js';
import { counted } from '../words/number-text.js';
import { phraseText } from '../words/phrase.js';
import { placePhrase } from '../words/place-phrase.js';
import { resource, subjectLocation } from './key-location.js';
import { type LeakLocations, leakLocations } from './leak-locations.js';
import { TIERS, tierId } from './tier.js';

export interface ResultContext {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly keys: ReadonlyMap<string, KeyRecord>;
  /** Set for a file that goes to one repository. */
  readonly repository: string | undefined;
  /** Whether suppressions and baseline states are written: on all results of a file, or on none. */
  readonly complete: boolean;
  readonly hasBaseline: boolean;
}

/** One finding as a SARIF result; undefined when it has no place in the repository that the file is for. */
export function findingResult(finding: Finding, context: ResultContext): Result | undefined {
  const leak =
    finding.subject.kind === 'leak' ? leakLocations(finding.places, context.repository) : undefined;
  if (finding.subject.kind === 'leak' && context.repository !== undefined && leak === undefined)
    return undefined;
  const { level } = TIERS[finding.severity];
  return {
    ruleId: tierId(
      { id: finding.rule, tiers: context.rules.get(finding.rule)?.tiers ?? [] },
      finding.severity,
    ),
    ...(finding.verdict === 'fail' ? { kind: 'fail', level } : { kind: 'open', level: 'none' }),
    message: { text: messageOf(finding, leak) },
    locations: [locationOf(finding, leak, context)],
    ...(leak === undefined || leak.related.length === 0 ? {} : { relatedLocations: leak.related }),
    ...hostedViewer(leak),
    partialFingerprints: { primaryLocationLineHash: `${finding.id}:1`, 'keyauditFinding/v1': finding.id },
    ...(context.complete ? decisions(finding, context.hasBaseline) : {}),
    properties: propertiesOf(finding, leak),
  };
}

function locationOf(finding: Finding, leak: LeakLocations | undefined, { keys }: ResultContext): Location {
  if (leak !== undefined) return { ...leak.location, logicalLocations: [resource(finding.subject)] };
  const { subject } = finding;
  const key = subject.kind === 'source' ? undefined : keys.get(`${subject.source}/${subject.id}`);
  return subjectLocation(subject, key);
}

function messageOf(finding: Finding, leak: LeakLocations | undefined): string {
  const owner = finding.owner === null ? 'Owner: nobody.' : `Owner: ${sarifMessage(finding.owner)}.`;
  return [
    sarifMessage(finding.message),
    ...placesText(leak),
    owner,
    `Next step: ${sarifMessage(finding.fix)}`,
  ].join(' ');
}

function placesText(leak: LeakLocations | undefined): readonly string[] {
  if (leak === undefined) return [];
  const style = { plain: (text: string) => text, quoted: sarifMessage };
  const first = `Found in ${phraseText(placePhrase(leak.primary), style)}`;
  const links = leak.related.map((location) => `[here](${location.id})`);
  const also = links.length === 0 ? '' : `; also ${links.join(', ')}`;
  return [`${first}${also}${leak.left === 0 ? '' : ` and in ${counted(leak.left, 'further place')}`}.`];
}

/** A permalink for people, where the host has one. */
function hostedViewer(leak: LeakLocations | undefined): Pick<Result, 'hostedViewerUri'> {
  const url = leak?.primary.url;
  if (url === undefined || !/^https?:\/\//.test(url) || !URL.canParse(url)) return {};
  return { hostedViewerUri: new URL(url).href };
}

function decisions(finding: Finding, hasBaseline: boolean): Pick<Result, 'suppressions' | 'baselineState'> {
  const { suppression, status } = finding;
  const baselineState: Pick<Result, 'baselineState'> = hasBaseline
    ? { baselineState: status === 'new' ? 'new' : 'unchanged' }
    : {};
  if (suppression === undefined) return { suppressions: [], ...baselineState };
  const { reason, statement, owner, expires } = suppression;
  const justification = sarifMessage(`${reason}: ${statement}`);
  return {
    suppressions: [{ kind: 'external', status: 'accepted', justification, properties: { owner, expires } }],
    ...baselineState,
  };
}

function propertiesOf(finding: Finding, leak: LeakLocations | undefined): Result['properties'] {
  const { severity, confidence, verdict, status, owner, subject } = finding;
  const place =
    leak === undefined
      ? {}
      : {
          repository: leak.primary.repository,
          commit: leak.primary.commit,
          firstSeen: leak.primary.firstSeen,
        };
  return { severity, confidence, verdict, status, owner, subject, ...place };
}

import { digestOf } from '../core/digest.js';

/** By what an issue is known again. Holds digests only: the owner's name is untrusted text. */
export interface IssueMarker {
  /** Whose issues: those of one configuration. */
  readonly set: string;
  readonly owner: string;
  /** What the issue says, so that it is written again only when that changed. */
  readonly state: string;
}

const SHAPE = /^<!-- keyaudit-issue\/v1 ([0-9a-f]{32}) ([0-9a-f]{32}) ([0-9a-f]{32}) -->/;

export const markerDigest = (kind: 'set' | 'owner', text: string): string =>
  digestOf('keyauditIssue/v1', kind, text).slice(0, 32);

/** A comment that readers of the issue do not see. It is the body's first line. */
export const markerText = ({ set, owner, state }: IssueMarker): string =>
  `<!-- keyaudit-issue/v1 ${set} ${owner} ${state} -->`;

/** The marker of an issue that keyaudit wrote; undefined for any other. */
export function parseMarker(body: string): IssueMarker | undefined {
  const [, set, owner, state] = SHAPE.exec(body) ?? [];
  return set === undefined || owner === undefined || state === undefined ? undefined : { set, owner, state };
}

import type { Instant } from './instant.js';
import type { Visibility } from './leak.js';

/** A text that a host keeps around code: an issue, a comment, a release's notes, a variable, … Anybody may have written it. */
export interface ConversationText {
  /** `owner/name`, as in a `ScanTarget`; the owner alone for what belongs to no repository. */
  readonly repository: string;
  readonly visibility: Visibility;
  /** As in a `Place`. */
  readonly fork: boolean | undefined;
  readonly closedAt: Instant | undefined;
  /** Names it like a path, by numbers only: `issues/12`, `issues/comments/345`. Nobody's words. */
  readonly label: string;
  readonly text: string;
  /** Where people can read it. */
  readonly url: string | undefined;
  readonly createdAt: Instant | undefined;
  /** To be called when a key stands in it, so that whoever reads it reads it again in the next run. */
  readonly held?: () => void;
}

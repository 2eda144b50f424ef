import type { Instant } from './instant.js';
import type { Visibility } from './leak.js';

/** Something on disk to look for keys in: a plain folder, a work tree, or a bare or mirrored repository. */
export interface ScanTarget {
  /** Shown as the repository's name: `acme/web`, or the folder as the user wrote it. */
  readonly name: string;
  /** Absolute path of the folder, work tree or git directory. */
  readonly path: string;
  readonly visibility: Visibility;
  /** As in a `Place`. */
  readonly fork: boolean | undefined;
  readonly closedAt: Instant | undefined;
  /** `https://host/owner/name`, for permalinks; undefined for local folders. */
  readonly webUrl: string | undefined;
  /**
   * Where other repositories of its network are, or were, that share its objects: forks, and what they were forked from. Only of
   * stores in which git itself worked out the id of every object.
   */
  readonly relatives?: readonly string[];
  /** Absent for what stays where it is. */
  readonly passing?: Passing;
}

/** Of a target that is on disk for a while only. */
export interface Passing {
  /** Names what is in it: the same words, the same content. */
  readonly version: string;
  /** It is not there any more; an earlier run looked through that version of it, and found nothing. */
  readonly isGone: boolean;
}

/**
 * Asynchronous ones are scanned before the next one is asked for. Whoever brings them may ask whether
 * an earlier run found nothing in the version that would lie at a path: then it need not be brought.
 */
export type ScanTargets =
  | readonly ScanTarget[]
  | AsyncIterable<ScanTarget>
  | ((isSilent: IsSilent) => AsyncIterable<ScanTarget>);

export type IsSilent = (path: string, version: string) => Promise<boolean>;

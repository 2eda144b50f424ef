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
}

import type { Fingerprint } from './digest.js';
import type { Instant } from './instant.js';
import type { KeyRef } from './key.js';

export type Visibility = 'public' | 'internal' | 'private' | 'local' | 'unknown';
/** The surest first. */
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What held the string. */
export const PLACE_KINDS = [
  'file',
  'working-file',
  // A file inside a zip, gzip or tar archive; `path` is `archive.zip!/inner/path`, lines count in the entry.
  'archive-entry',
  'commit-message',
  'tag-message',
  'conversation',
  // The name of a file or folder; `path` is that name, with the string hidden.
  'path-name',
  // The name of a branch, a tag or any other ref; `path` is that name, with the string hidden.
  'ref-name',
  // The header of a commit or tag: a person's name or address.
  'identity',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Refs whose newest version still holds a string at its path: each serves it to whoever asks for that ref. */
export interface HoldingRefs {
  /** Full names such as `refs/heads/main`, strings that look like keys hidden: branches, then tags, then others; at most 5. */
  readonly names: readonly string[];
  /** Of all of them. */
  readonly count: number;
}

/** Where a key string stands. Lines and columns count from 1; columns are bytes. */
export interface Place {
  readonly repository: string;
  readonly visibility: Visibility;
  /** Its host calls the repository a fork; false in local folders, undefined where a host does not tell. */
  readonly fork: boolean | undefined;
  /** Of a public one: the last earlier run at which not everybody could read it; undefined where none is remembered. */
  readonly closedAt: Instant | undefined;
  readonly kind: PlaceKind;
  /** The commit that first brought it, 40 or 64 hex digits; undefined outside of history. */
  readonly commit: string | undefined;
  /** Slash-separated path in the repository; undefined for messages. */
  readonly path: string | undefined;
  readonly line: number;
  readonly column: number;
  /** Author date of that commit. */
  readonly firstSeen: Instant | undefined;
  /** The string still stands in a file of the commit that HEAD names, or of the working tree. */
  readonly inHead: boolean;
  /** Something stands at `path` in the commit that HEAD names, with the string or without; undefined where nobody can say. */
  readonly pathInHead: boolean | undefined;
  /** When a commit last took it away from there; undefined while it stands there, and where nobody can say. */
  readonly removedAt: Instant | undefined;
  /** Undefined for all but contents with a path in history, and where nobody can say. */
  readonly refs: HoldingRefs | undefined;
  /** How the string was written: `plain`, `base64`, `basic-auth`, `hex`, … */
  readonly encoding: string;
  /** A link to the place for people, where the host has one. */
  readonly url: string | undefined;
}

/** How a string was recognised. */
export type Recognition =
  | { readonly by: 'value' }
  | { readonly by: 'fingerprint' }
  | { readonly by: 'detector'; readonly detector: string };

/** What the scan reports: one key string with all its places. The value itself stays inside the scan. */
export interface Candidate {
  readonly fingerprint: Fingerprint;
  /** The vendor whose key this looks like; undefined for a value known from the key ring only. */
  readonly vendor: string | undefined;
  readonly recognition: Recognition;
  readonly confidence: Confidence;
  /** Oldest first. Never empty. */
  readonly places: readonly Place[];
}

/** A candidate joined to the keys that it is. `keys` is empty for an unregistered one. */
export interface Leak extends Candidate {
  readonly keys: readonly KeyRef[];
}

import type { UnopenedKind } from './unopened.js';

/** Why something inside an archive was not looked at. */
export type Gap =
  /** Nobody can read it without its password. */
  | 'encrypted'
  /** It does not follow its format, or ends too early. */
  | 'damaged'
  /** Packed by a method that is not known here. */
  | 'unknown method'
  /** A whole archive of a kind that is not opened here. */
  | UnopenedKind
  /** Larger, deeper or more than {@link LIMITS} allow. */
  | 'beyond the limits';

/** A file inside an archive, as far as it could be read. */
export interface Entry {
  /** As the archive has it: untrusted. Empty where the format names nothing. */
  readonly name: string;
  readonly bytes: Uint8Array | undefined;
  readonly gap?: Gap;
  /** How many bytes may have been unpacked and thrown away; absent: none. */
  readonly wasted?: number;
}

/** Reads one format. Never throws because of what the bytes are. */
export type Unpack = (bytes: Buffer) => Iterable<Entry>;

const MIB = 1024 * 1024;

/** Our judgement: more than the archives that people commit, and less than makes a machine slow. */
export const LIMITS = {
  /** Of the outermost archive as it lies there. */
  archiveBytes: 64 * MIB,
  /** Of one unpacked entry. */
  entryBytes: 128 * MIB,
  /** Unpacked from one archive, with all that lies in it. */
  totalBytes: 512 * MIB,
  /** Unpacked from all archives of one folder or store. */
  runBytes: 8192 * MIB,
  entries: 50_000,
  /** An archive in an archive in … : `tar.gz` are two. */
  depth: 4,
  /** Text packs 3 to 20 times; only a bomb, or a file of zeros, packs so much more. Counts from `freeBytes` on. */
  ratio: 200,
  freeBytes: 8 * MIB,
} as const;

/** How far an entry may grow that was packed into so many bytes. */
export const outputLimit = (packedBytes: number): number =>
  Math.min(LIMITS.entryBytes, Math.max(LIMITS.freeBytes, packedBytes * LIMITS.ratio));

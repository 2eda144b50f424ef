import { createHmac } from 'node:crypto';
import type { NeedlesRequest } from '../needles.js';
import { type KeptObjects, type KeptScan, KeptScanFormat, type ToldOfSilent } from './kept-scan.js';
import { type NeedleTags, needleTags } from './needle-tags.js';

/** Where kept scans lie. Nothing here fails: what cannot be read is not there, and what cannot be written is not kept. */
export interface CacheFolder {
  /** Random, and only this user's: what is kept is digested and sealed with it. */
  readonly key: Buffer;
  /** What a repository is called in this folder: its path, or something that stays the same when the folder moves. */
  nameOf(gitDir: string): string;
  read(file: string): Promise<Buffer | undefined>;
  /** Whole or not at all. */
  write(file: string, bytes: Buffer): Promise<void>;
  /** Removes every other file whose name begins so. */
  removeOthers(prefix: string, file: string): Promise<void>;
}

export interface ScanCacheRequest {
  readonly folder: CacheFolder;
  /** Name and version of the program: another one may find more. */
  readonly tool: string;
}

/** What was scanned in earlier runs. Everything in it can be lost at any time, and no result changes. */
export class ScanCache {
  readonly #folder: CacheFolder;
  readonly #format: KeptScanFormat;

  constructor({ folder, tool }: ScanCacheRequest) {
    this.#folder = folder;
    this.#format = new KeptScanFormat(folder.key, tool);
  }

  tagsOf(needles: NeedlesRequest): NeedleTags {
    return needleTags(needles, this.#folder.key);
  }

  /** A digest under this cache's key. */
  digestOf(text: string): string {
    return createHmac('sha256', this.#folder.key).update(text).digest('hex');
  }

  async load(gitDir: string): Promise<KeptScan | undefined> {
    const file = await this.#folder.read(this.#fileOf(gitDir));
    return file === undefined ? undefined : this.#format.read(file);
  }

  async loadObjects(gitDir: string, { body }: KeptScan): Promise<KeptObjects | undefined> {
    const file = await this.#folder.read(this.#objectsFileOf(gitDir, body));
    return file === undefined ? undefined : this.#format.readObjects(file, body);
  }

  /** Writes down what is new of a scan whose objects are the same as in `before`. */
  async update(gitDir: string, kept: KeptScan): Promise<void> {
    await this.#folder.write(this.#fileOf(gitDir), this.#format.write(kept));
  }

  /**
   * The objects first: a scan that is there has its objects, unless another process writes at the same time; then it has none,
   * and counts for nothing.
   */
  async save(gitDir: string, kept: Omit<KeptScan, 'body'>, objects: KeptObjects): Promise<void> {
    const { digest, bytes } = this.#format.writeObjects(objects);
    await this.#folder.write(this.#objectsFileOf(gitDir, digest), bytes);
    await this.update(gitDir, { ...kept, body: digest });
    await this.#folder.removeOthers(`${this.#idOf(gitDir)}.objects-`, this.#objectsFileOf(gitDir, digest));
  }

  /** @returns undefined where something was found, or it was looked through for something else. */
  async loadSilent(path: string, covered: string): Promise<ToldOfSilent['coverage'] | undefined> {
    const file = await this.#folder.read(this.#silentFileOf(path));
    const told = file && this.#format.readTold(file);
    return told?.covered === covered ? told.coverage : undefined;
  }

  /** @param told undefined: something was found, or could not be read. */
  async saveSilent(path: string, told: ToldOfSilent | undefined): Promise<void> {
    const bytes = told === undefined ? Buffer.alloc(0) : this.#format.writeTold(told);
    await this.#folder.write(this.#silentFileOf(path), bytes);
  }

  #silentFileOf(path: string): string {
    return `${this.#idOf(path)}.silent`;
  }

  #fileOf(gitDir: string): string {
    return `${this.#idOf(gitDir)}.scan`;
  }

  #objectsFileOf(gitDir: string, digest: string): string {
    return `${this.#idOf(gitDir)}.objects-${digest.slice(0, ID_DIGITS)}`;
  }

  #idOf(gitDir: string): string {
    return this.digestOf(`repository ${this.#folder.nameOf(gitDir)}`).slice(0, ID_DIGITS);
  }
}

const ID_DIGITS = 24;

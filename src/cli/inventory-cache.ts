import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AuditError, ConfigError } from '../core/errors/audit-error.js';
import { dateOf, type Instant } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';
import { nextRecord } from '../inventory/next-record.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

const FILE = 'inventory.json';
/** Apart, so that the merge of shards with the same folder is compared with the last whole run, and not with its own parts. */
const SHARD_FILE = 'shard-inventory.json';

/** What is kept between runs: the last whole reading of each source. */
export interface InventoryCache {
  readonly previous: Inventory | undefined;
  /** Why there is nothing to compare with, where that is worth saying. */
  readonly notes: readonly string[];
  /** Takes what this run collected; {@link save} writes it down. */
  keep(inventory: Inventory): void;
  /** Writes the record for the next run, whole or not at all. */
  save(): Promise<void>;
}

export interface CacheRequest {
  /** The folder; undefined: nothing is kept between runs. */
  readonly directory: string | undefined;
  /** When the inventory that is judged was or will be collected: only what is older is earlier. */
  readonly before: Instant;
  /** A recorded inventory is judged: it is compared, and not kept. */
  readonly readOnly: boolean;
  /** Only a part of an audit. */
  readonly isShard?: boolean;
}

export const NO_INVENTORY_CACHE: InventoryCache = {
  previous: undefined,
  notes: [],
  keep: () => undefined,
  save: () => Promise.resolve(),
};

/** A record that is missing, broken or of another version costs the comparison and nothing else. */
export async function openInventoryCache(request: CacheRequest, shell: Shell): Promise<InventoryCache> {
  const { directory, readOnly } = request;
  if (directory === undefined) return NO_INVENTORY_CACHE;
  const path = join(directory, request.isShard === true ? SHARD_FILE : FILE);
  const own = await judgedAt(path, request, shell);
  const isLent = own.previous === undefined && request.isShard === true;
  const judged = isLent ? await judgedAt(join(directory, FILE), request, shell) : own;
  let collected: Inventory | undefined;
  return {
    previous: judged.previous,
    notes: judged.note === undefined ? [] : [judged.note],
    keep: (inventory) => void (collected = inventory),
    async save() {
      const record = readOnly || collected === undefined ? undefined : nextRecord(collected, judged.previous);
      if (record !== undefined) await write(path, record, shell);
    },
  };
}

interface Judged {
  readonly previous?: Inventory;
  readonly note?: string;
}

async function judgedAt(path: string, { before }: CacheRequest, shell: Shell): Promise<Judged> {
  const stored = await readStored(path, shell);
  return typeof stored === 'string' ? { note: stored } : earlierThan(before, stored, path);
}

function earlierThan(before: Instant, stored: Inventory, path: string): Judged {
  if (stored.collectedAt < before) return { previous: stored };
  const note = `The inventory kept in ${path} is of ${dateOf(stored.collectedAt)}, not earlier than the one that is judged: nothing is compared with it.`;
  return { note };
}

/** The record, or why there is none. */
async function readStored(path: string, shell: Shell): Promise<Inventory | string> {
  const isThere = await access(resolve(shell.cwd, path)).then(
    () => true,
    () => false,
  );
  if (!isThere) return `No earlier inventory is kept in ${path}, so nothing is compared with it.`;
  try {
    const { file, text } = await readInputFile({ path, what: 'the kept inventory' }, shell);
    const { readInventory } = await import('../inventory/record.js');
    return readInventory(text, file);
  } catch (error) {
    if (!(error instanceof AuditError) || error.exitCode === 130) throw error;
    return `The inventory kept in ${path} cannot be read (another version wrote it, or it is damaged), so nothing is compared with it.`;
  }
}

async function write(path: string, record: Inventory, shell: Shell): Promise<void> {
  const { inventoryPieces } = await import('../inventory/record.js');
  await shell.writeFile(resolve(shell.cwd, path), inventoryPieces(record)).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new ConfigError(`the inventory cannot be kept in ${path}: ${String(cause.code)}`, { cause });
  });
}

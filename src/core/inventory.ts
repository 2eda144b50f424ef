import type { Coverage } from './coverage.js';
import type { Instant } from './instant.js';
import type { KeyRecord, ProjectRecord } from './key.js';
import type { KeyRing } from './key-ring.js';

/** Everything that the vendors told, without any key value; can be written down and judged again later. */
export interface Inventory {
  readonly schemaVersion: 1;
  readonly collectedAt: Instant;
  readonly keys: readonly KeyRecord[];
  readonly projects: readonly ProjectRecord[];
  readonly coverage: readonly Coverage[];
}

/** What collecting gives: the inventory, and apart from it the values that go into no file. */
export interface Collected {
  readonly inventory: Inventory;
  readonly ring: KeyRing;
}

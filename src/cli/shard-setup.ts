import type { Config } from '../config/config.js';
import { digestOf } from '../core/digest.js';
import { Secret } from '../core/secret.js';
import { pepperOf } from './pepper.js';
import type { Shell } from './shell.js';
import { toolVersion } from './tool.js';

/** Anything but a key: only whether two machines digest it alike is of interest. */
const PROBE = Secret.of('the same on every machine');

/**
 * A digest of what the shards of one audit, and whoever merges them, must have in common: else they would look in other
 * places, or for other things, or under other fingerprints.
 */
export function shardSetup({ sources, repositories }: Config, { env }: Pick<Shell, 'env'>): string {
  return digestOf(
    'keyaudit shard setup',
    toolVersion(),
    JSON.stringify(sources.map(({ id, vendor }) => [id, vendor])),
    // Each machine may have its credentials elsewhere.
    JSON.stringify(repositories, (name, value: unknown) =>
      name === 'token' || name === 'app' ? undefined : value,
    ),
    PROBE.fingerprint(pepperOf(env)),
  );
}

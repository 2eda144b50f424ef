import { type Fingerprint } from '../../core/digest.js';
import { dateOf } from '../../core/instant.js';
import { Secret } from '../../core/secret.js';
import { daysAgo } from '../as-of.js';
import { fakeKey } from '../fake-keys.js';
import type { Team } from './people.js';

/** A Cognitive3D key as the demo's configuration declares it; the vendor lists none. */
export interface Cognitive3dKey {
  readonly id: string;
  readonly name: string;
  readonly access: 'read' | 'write';
  /** `YYYY-MM-DD`. */
  readonly issued: string;
  readonly owner: Team;
  readonly system: string;
  readonly format: 'current' | 'legacy';
  /** Whether the vendor still accepts it. */
  readonly live: boolean;
  readonly value: string;
  /** The variable that holds it in the demo; undefined where only the fingerprint is declared. */
  readonly envName: string | undefined;
  readonly fingerprint: Fingerprint;
}

interface Sketch extends Pick<Cognitive3dKey, 'id' | 'name' | 'access' | 'owner' | 'system'> {
  readonly ageDays: number;
  readonly legacy?: true;
  readonly dead?: true;
  readonly fingerprintOnly?: true;
  /** Another key's id: the same value declared twice. */
  readonly sameAs?: string;
}

const SKETCHES: readonly Sketch[] = [
  { id: 'etl', name: 'ETL export', access: 'read', owner: 'team-data', system: 'etl-jobs', ageDays: 54 },
  {
    id: 'bi-dashboard',
    name: 'BI dashboard',
    access: 'read',
    owner: 'team-data',
    system: 'bi-dashboard',
    ageDays: 80,
  },
  {
    id: 'bi-nightly',
    name: 'BI nightly figures',
    access: 'read',
    owner: 'team-data',
    system: 'bi-nightly',
    ageDays: 80,
    sameAs: 'bi-dashboard',
  },
  {
    id: 'unity-build',
    name: 'Unity build upload',
    access: 'write',
    owner: 'team-xr',
    system: 'training-vr',
    ageDays: 232,
  },
  {
    id: 'scene-sync',
    name: 'Scene sync',
    access: 'write',
    owner: 'team-xr',
    system: 'scene-sync',
    ageDays: 66,
  },
  {
    id: 'session-archive',
    name: 'Session archive',
    access: 'read',
    owner: 'team-platform',
    system: 'archive',
    ageDays: 31,
  },
  {
    id: 'quality-board',
    name: 'Quality board',
    access: 'read',
    owner: 'team-xr',
    system: 'quality-board',
    ageDays: 12,
  },
  {
    id: 'customer-report',
    name: 'Customer reports',
    access: 'read',
    owner: 'team-content',
    system: 'academy',
    ageDays: 73,
  },
  {
    id: 'legacy-export',
    name: 'Export script',
    access: 'read',
    owner: 'team-data',
    system: 'etl-jobs-old',
    ageDays: 701,
    legacy: true,
  },
  {
    id: 'legacy-lab',
    name: 'Lab prototype',
    access: 'write',
    owner: 'team-xr',
    system: 'lab',
    ageDays: 960,
    legacy: true,
    dead: true,
  },
  {
    id: 'legacy-agency',
    name: 'Agency access 2024',
    access: 'write',
    owner: 'team-content',
    system: 'agency',
    ageDays: 845,
    legacy: true,
    fingerprintOnly: true,
  },
  {
    id: 'showroom',
    name: 'AR showroom',
    access: 'read',
    owner: 'team-xr',
    system: 'ar-showroom',
    ageDays: 5,
  },
];

function keyOf(sketch: Sketch): Cognitive3dKey {
  const { id, name, access, owner, system } = sketch;
  const legacy = sketch.legacy === true;
  const value = fakeKey(legacy ? 'cognitive3d-legacy' : 'cognitive3d', sketch.sameAs ?? id);
  const envName = `KEYAUDIT_DEMO_C3D_${id.replaceAll('-', '_').toUpperCase()}`;
  return {
    id,
    name,
    access,
    owner,
    system,
    value,
    issued: dateOf(daysAgo(sketch.ageDays)),
    format: legacy ? 'legacy' : 'current',
    live: sketch.dead !== true,
    envName: sketch.fingerprintOnly === true ? undefined : envName,
    fingerprint: Secret.of(value).fingerprint(),
  };
}

export const COGNITIVE3D_KEYS: readonly Cognitive3dKey[] = SKETCHES.map(keyOf);

export const COGNITIVE3D_ORGANIZATION = {
  id: 4817,
  name: 'Fjordlight XR',
  projects: ['Safety training', 'Forklift course', 'AR showroom', 'Lab'].map((name, index) => ({
    id: 900 + index,
    name,
  })),
} as const;

export function cognitive3dKey(id: string): Cognitive3dKey {
  const found = COGNITIVE3D_KEYS.find((key) => key.id === id);
  if (found === undefined) throw new RangeError(`the seeded company has no Cognitive3D key ${id}`);
  return found;
}

import type { Instant } from '../../core/instant.js';
import { daysAgo } from '../as-of.js';
import { drawBetween, drawInt, drawLowerId, drawOne } from '../draw.js';
import { fakeKey } from '../fake-keys.js';
import { drawAgeDays } from './age.js';
import { cloudAddress, cloudAddressSix, EGRESS, officeAddress } from './networks.js';
import { PEOPLE_WHO_LEFT, type Person, peopleOf, type Team } from './people.js';
import { SYSTEMS } from './systems.js';
import { VIDBEO_STORIES, type VidbeoStory } from './vidbeo-stories.js';

/** A key of the Vidbeo account. The vendor never lists `value`. */
export interface VidbeoKey {
  readonly id: string;
  /** `<system>/<role>`, by which leaks and tests name the key. */
  readonly label: string;
  readonly name: string;
  readonly team: Team;
  readonly purpose: string;
  readonly permissions: readonly string[];
  readonly ips: readonly string[];
  readonly createdBy: Person | undefined;
  readonly ageDays: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly value: string;
}

const ROLES = ['catalogue', 'player', 'publisher', 'report', 'search-index', 'captions', 'backup'];
const WRITERS: ReadonlySet<string> = new Set(['publisher', 'captions']);

function drawAllowlist(label: string): readonly string[] {
  const share = drawInt(`ips ${label}`, 100);
  const index = drawInt(`ip ${label}`, 30);
  if (share < 50) return [cloudAddress(index)];
  if (share < 68) return [cloudAddress(index), cloudAddress(index + 7)];
  if (share < 82) return [officeAddress(index)];
  if (share < 92) return [drawOne(label, [EGRESS.cloudEast, EGRESS.cloudWest, EGRESS.officeNorth])];
  return [cloudAddressSix(index), cloudAddress(index)];
}

interface Sketch extends VidbeoStory {
  readonly system: (typeof SYSTEMS)[number];
  readonly label: string;
  readonly role: string;
}

function keyOf({ system, label, role, ...story }: Sketch): VidbeoKey {
  const ageDays = story.ageDays ?? drawAgeDays(`vidbeo ${label}`);
  const creator = drawOne(
    `creator ${label}`,
    story.creatorLeft === true ? PEOPLE_WHO_LEFT : peopleOf(system.team),
  );
  return {
    id: drawLowerId(`vidbeo ${label}`),
    label,
    name: story.name ?? `${system.title}, ${role.replaceAll('-', ' ')}`,
    team: system.team,
    purpose: system.purpose,
    permissions: story.permissions ?? (WRITERS.has(role) ? [] : ['fetch']),
    ips: story.ips ?? drawAllowlist(label),
    createdBy: story.creatorUnknown === true ? undefined : creator,
    ageDays,
    createdAt: daysAgo(ageDays, drawBetween(`vidbeo minute ${label}`, 420, 1_140)),
    updatedAt: daysAgo(
      drawInt(`vidbeo updated ${label}`, ageDays),
      drawBetween(`minute ${label}`, 420, 1_140),
    ),
    value: fakeKey('vidbeo', label),
  };
}

export const VIDBEO_KEYS: readonly VidbeoKey[] = SYSTEMS.flatMap((system) =>
  ROLES.map((role) => {
    const label = `${system.id}/${role}`;
    return keyOf({ system, label, role, ...VIDBEO_STORIES[label] });
  }),
);

/** The audit's own key: read-only and bound to the runner's addresses, as it should be. */
export const VIDBEO_AUDIT_LABEL = 'support-portal/report';

export function vidbeoKey(label: string): VidbeoKey {
  const found = VIDBEO_KEYS.find((key) => key.label === label);
  if (found === undefined) throw new RangeError(`the seeded company has no Vidbeo key ${label}`);
  return found;
}

import { dateOf } from '../../core/instant.js';
import { daysAgo } from '../as-of.js';
import { drawBetween, drawInt } from '../draw.js';
import { API_VIDEO_KEYS, type ApiVideoKey } from './api-video-keys.js';
import { VIDBEO_SOURCE, VIDEO_SOURCE } from './source-ids.js';
import { VIDBEO_AUDIT_LABEL, VIDBEO_KEYS, type VidbeoKey } from './vidbeo-keys.js';

/** Keys that nobody wrote down, apart from the few that chance leaves out. */
const UNDECLARED: ReadonlySet<string> = new Set([
  'hackathon/backend',
  'hackathon/upload-worker',
  'load-test/backend',
  'partner-feed/catalogue',
  'recommender/search-index',
]);
const RETIRED: ReadonlySet<string> = new Set(['spring-2024/backend', 'newsletter/publisher']);
const OWNERLESS: ReadonlySet<string> = new Set([
  'kiosk-pilot/backend',
  'brand-archive/webhooks',
  'intranet/backup',
  'checkout/search-index',
]);
/** A second key for the same system: somebody began to rotate it and never finished. */
const SAME_SYSTEM: Readonly<Record<string, string>> = {
  'media-pipeline-prod/ingest': 'media-pipeline-prod-backend',
};
/** Keys that can write though their owners say that reading is enough. */
const READ_IS_ENOUGH: ReadonlySet<string> = new Set(['analytics/backup', 'press-room/captions']);

type Field = readonly [name: string, value: string | undefined];

interface Entry {
  readonly label: string;
  readonly fields: readonly Field[];
}

const HEAD = `# The demo's key register: what only people know about the keys of the embedded sandbox.
# Made from the sandbox's seed; a test fails when the two differ.
version: 1
keys:
`;

/** The register of the seeded company as YAML; it covers most keys, and not all. */
export function registerText(): string {
  const entries = [...API_VIDEO_KEYS.map(videoEntry), ...VIDBEO_KEYS.map(vidbeoEntry)];
  const blocks = entries.filter(({ label }) => isDeclared(label)).map(blockOf);
  return `${HEAD}${blocks.join('\n')}`;
}

/** A key that something is told about must be in the register, whatever chance says. */
const isDeclared = (label: string): boolean =>
  [RETIRED, OWNERLESS, READ_IS_ENOUGH].some((story) => story.has(label)) ||
  label === VIDBEO_AUDIT_LABEL ||
  (!UNDECLARED.has(label) && drawInt(`written down ${label}`, 100) >= 4);

const videoEntry = (key: ApiVideoKey): Entry => ({
  label: key.label,
  fields: [
    ['source', VIDEO_SOURCE],
    ['id', key.id],
    ['name', key.name],
    ['owner', OWNERLESS.has(key.label) ? undefined : key.project.team],
    ['system', SAME_SYSTEM[key.label] ?? `${key.project.slug}-${key.role}`],
    ['purpose', key.project.purpose],
    ['access', 'write'],
    ['environment', key.project.environment],
    ...upkeep(key.label),
  ],
});

const vidbeoEntry = (key: VidbeoKey): Entry => ({
  label: key.label,
  fields: [
    ['source', VIDBEO_SOURCE],
    ['id', key.id],
    ['name', key.name],
    ['owner', OWNERLESS.has(key.label) ? undefined : key.team],
    ['system', key.label.replace('/', '-')],
    ['purpose', key.purpose],
    ['access', key.permissions.length > 0 || READ_IS_ENOUGH.has(key.label) ? 'read' : 'write'],
    ['environment', 'production'],
    ...upkeep(key.label),
  ],
});

function upkeep(label: string): readonly Field[] {
  const share = drawInt(`review ${label}`, 100);
  const overdue = share < 4;
  const days = overdue ? drawBetween(`overdue ${label}`, 3, 70) : -drawBetween(`due ${label}`, 4, 85);
  return [
    ['reviewBy', share >= 97 ? undefined : dateOf(daysAgo(days))],
    ['status', RETIRED.has(label) ? 'retired' : 'active'],
  ];
}

function blockOf({ fields }: Entry): string {
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${scalar(value)}`]));
  return `  - ${lines.join('\n    ')}\n`;
}

/** Plain where YAML reads it back as the same text, else quoted. */
const scalar = (value: string): string =>
  /^[A-Za-z0-9][A-Za-z0-9 ._-]*$/.test(value) ? value : JSON.stringify(value);

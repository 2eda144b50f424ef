import type { Instant } from '../../core/instant.js';
import { daysAgo } from '../as-of.js';
import { drawBase58Id, drawBetween, drawInt } from '../draw.js';
import { fakeKey } from '../fake-keys.js';
import { drawAgeDays } from './age.js';
import { PROJECTS, type SeededProject } from './api-video-projects.js';

/** A project key at api.video. */
export interface ApiVideoKey {
  readonly id: string;
  readonly name: string;
  readonly project: SeededProject;
  /** `<project slug>/<role>`, by which leaks and tests name the key. */
  readonly label: string;
  readonly role: string;
  readonly ageDays: number;
  readonly createdAt: Instant;
  readonly value: string;
}

/** A delegated upload token; `ttlSeconds` 0 = never expires. */
export interface UploadToken {
  readonly project: SeededProject;
  readonly value: string;
  readonly ttlSeconds: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
}

const ROLES = [
  'backend',
  'upload-worker',
  'thumbnails',
  'metrics-export',
  'webhooks',
  'moderation',
  'ingest',
];

/** Names that people really type, in place of the orderly `system role`. */
const NAMES: Readonly<Record<string, string>> = {
  'web-shop-stage/thumbnails': 'Development key',
  'newsletter-stage/backend': 'test',
  'hackathon/backend': 'My API key',
  'ios-app-stage/upload-worker': "Luca's laptop",
  'load-test/backend': 'key1',
};

/** Ages of keys with a story; the rest is drawn. */
const AGES: Readonly<Record<string, number>> = {
  'web-shop-prod/backend': 512,
  'android-app-prod/backend': 203,
  'partner-feed-prod/webhooks': 74,
  'cms-prod/upload-worker': 388,
  'live-studio-prod/ingest': 61,
  'spring-2024/backend': 920,
  'academy-prod/backend': 58,
  'media-pipeline-prod/backend': 141,
  'store-kiosk-prod/backend': 82,
};

function rolesOf(project: SeededProject): readonly string[] {
  const [low, high] = project.environment === 'production' && project.deliveredMinutes > 0 ? [5, 6] : [2, 3];
  const count =
    project.slug === 'live-studio-prod' ? ROLES.length : drawBetween(`roles ${project.slug}`, low, high);
  return ROLES.slice(0, count);
}

function keyOf(project: SeededProject, role: string): ApiVideoKey {
  const label = `${project.slug}/${role}`;
  const ageDays = AGES[label] ?? drawAgeDays(label);
  return {
    id: `api_key_${drawBase58Id(`key ${label}`)}`,
    name: NAMES[label] ?? `${project.slug} ${role.replaceAll('-', ' ')}`,
    project,
    label,
    role,
    ageDays,
    createdAt: daysAgo(ageDays, drawBetween(`minute ${label}`, 420, 1_140)),
    value: fakeKey('api-video', label),
  };
}

function tokensOf(project: SeededProject): readonly UploadToken[] {
  const count = project.environment === 'production' ? drawInt(`tokens ${project.slug}`, 3) : 0;
  return Array.from({ length: count }, (_, index) => {
    const seed = `${project.slug} ${index}`;
    const age = drawBetween(`token age ${seed}`, 1, 80);
    const endless = drawInt(`endless ${seed}`, 4) === 0;
    return {
      project,
      value: fakeKey('api-video-upload-token', seed),
      ttlSeconds: endless ? 0 : (age + 10) * 86_400,
      createdAt: daysAgo(age),
      expiresAt: endless ? null : daysAgo(-10),
    };
  });
}

export const API_VIDEO_KEYS: readonly ApiVideoKey[] = PROJECTS.flatMap((project) =>
  rolesOf(project).map((role) => keyOf(project, role)),
);

export const UPLOAD_TOKENS: readonly UploadToken[] = PROJECTS.flatMap(tokensOf);

/** The account's admin key: what the audit itself uses. */
export const API_VIDEO_ADMIN_KEY = fakeKey('api-video', 'admin');

export function apiVideoKey(label: string): ApiVideoKey {
  const found = API_VIDEO_KEYS.find((key) => key.label === label);
  if (found === undefined) throw new RangeError(`the seeded company has no key ${label}`);
  return found;
}

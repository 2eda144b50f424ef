import type { KeyKind } from '../key-kind.js';

/** Facts that no kind of api.video key has. */
const EVERYWHERE = {
  updatedAt: 'api.video does not tell when a key was last changed',
  lastUsedAt: 'api.video does not tell when a key was last used; use is visible per project only',
  permissions: 'api.video keys have no permissions: each can read and write all that it reaches',
  allowlist: 'api.video cannot restrict a key to addresses',
  createdBy: 'api.video does not tell who made a key',
  format: 'api.video has one format of keys',
} as const;

export const PROJECT_KEY: KeyKind = {
  kind: 'project key',
  scope: 'project',
  gaps: { ...EVERYWHERE, expiresAt: 'api.video keys have no expiry date' },
};

export const ADMIN_KEY: KeyKind = {
  kind: 'admin key',
  scope: 'account',
  gaps: {
    ...EVERYWHERE,
    name: 'api.video admin keys have no name',
    project: 'an api.video admin key stands above all projects',
    createdAt: 'api.video does not tell when its support issued an admin key',
    expiresAt: 'api.video keys have no expiry date',
  },
};

export const UPLOAD_TOKEN: KeyKind = {
  kind: 'upload token',
  scope: 'upload',
  gaps: { ...EVERYWHERE, name: 'api.video upload tokens have no name' },
};

import type { KeyKind } from '../key-kind.js';

const GAPS = {
  project: 'Cognitive3D keys belong to an organization or a domain, not to a project',
  updatedAt: 'Cognitive3D does not tell when a key was changed',
  expiresAt: 'Cognitive3D keys have no expiry date',
  lastUsedAt: 'Cognitive3D does not tell when a key was last used',
  permissions: 'Cognitive3D keys have no permissions beyond read-only or read and write',
  allowlist: 'Cognitive3D documents no way to restrict a key to addresses',
  createdBy: 'Cognitive3D does not tell who made a key',
} as const;

export const ORGANIZATION_KEY: KeyKind = { kind: 'organization key', scope: 'organization', gaps: GAPS };
export const DOMAIN_KEY: KeyKind = { kind: 'domain key', scope: 'domain', gaps: GAPS };

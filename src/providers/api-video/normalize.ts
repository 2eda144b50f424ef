import { z } from 'zod';
import { keyId, type SourceId, vendorId } from '../../core/brand.js';
import { type Fact, known, mapFact } from '../../core/fact.js';
import type { Instant } from '../../core/instant.js';
import type { KeyRecord, ProjectRecord, UsageDay } from '../../core/key.js';
import { Secret } from '../../core/secret.js';
import { type FieldLog, instantSchema, keyValueSchema, textSchema } from '../field-log.js';
import { keyRecord } from '../key-kind.js';
import type { Identified } from '../read-page.js';
import { PROJECT_KEY } from './kinds.js';

export const API_VIDEO = vendorId('api-video');

export interface Project {
  readonly id: string;
  readonly name: Fact<string>;
  readonly createdAt: Fact<Instant>;
  readonly deleted: Fact<boolean>;
  readonly deletesAt: Fact<Instant | 'never'>;
}

export function readProject({ id, record }: Identified, log: FieldLog): Project {
  const deletesAt = log.read(record, 'deletes_at', instantSchema.nullable());
  return {
    id,
    name: log.read(record, 'name', textSchema),
    createdAt: log.read(record, 'created_at', instantSchema),
    deleted: log.read(record, 'deleted', z.boolean()),
    deletesAt: mapFact(deletesAt, (instant) => instant ?? 'never'),
  };
}

/** What was read of a project's parts; each may be unknown for a reason of its own. */
export interface ProjectUse {
  readonly keyCount: Fact<number>;
  readonly delivery: Fact<readonly UsageDay[]>;
  readonly hosting: Fact<readonly UsageDay[]>;
}

export const projectRecord = (source: SourceId, project: Project, use: ProjectUse): ProjectRecord => ({
  source,
  vendor: API_VIDEO,
  ...project,
  ...use,
});

/** How people know a project: by its name, else by its id. */
export const projectLabel = (project: Project): { readonly id: string; readonly name: string } => ({
  id: project.id,
  name: project.name.state === 'known' ? project.name.value : project.id,
});

export interface ReadKey {
  readonly key: KeyRecord;
  readonly secret: Secret | undefined;
}

/** One API key of a project. The value goes into a `Secret` at once. */
export function readKey(
  { id, record }: Identified,
  project: Project,
  reading: { readonly source: SourceId; readonly pepper: Secret | undefined; readonly log: FieldLog },
): ReadKey {
  const { source, pepper, log } = reading;
  const value = mapFact(log.read(record, 'value', keyValueSchema), (text) => Secret.of(text));
  const key = keyRecord(PROJECT_KEY, {
    source,
    id: keyId(id),
    vendor: API_VIDEO,
    usedByAudit: false,
    declared: undefined,
    facts: {
      name: log.read(record, 'name', textSchema),
      project: known(projectLabel(project)),
      createdAt: log.read(record, 'created_at', instantSchema),
      access: known('write'),
      anyAddress: known(true),
      live: known(true),
      reaches: known([projectLabel(project).name]),
      fingerprint: mapFact(value, (secret) => secret.fingerprint(pepper)),
    },
  });
  return { key, secret: value.state === 'known' ? value.value : undefined };
}

import { z } from 'zod';
import { isOwnerName } from './repository-name.js';

/** A member of an organization, by name. */
export interface Member {
  readonly name: string;
}

const schema = z.object({ login: z.string().refine(isOwnerName) });

/** Checks one listed member. */
export function parseMember(item: unknown): { readonly value: Member; readonly kept: unknown } | string {
  const { data } = schema.safeParse(item);
  return data === undefined ? 'a listed member has no name' : { value: { name: data.login }, kept: data };
}

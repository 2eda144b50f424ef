import { z } from 'zod';
import { textSchema } from '../field-log.js';

/** Ids are numbers today; either way they become a part of a path, so only these forms. */
const idSchema = z.union([z.number().int().nonnegative(), z.string().regex(/^[A-Za-z0-9_-]{1,100}$/)]);

/** The answer to `whoami`: which organization the key belongs to. */
export const whoamiSchema = z.object({ organizationId: idSchema });

/** An organization, of which only its projects' names are of interest: what a key opens. */
export const organizationSchema = z.object({
  projects: z.array(z.object({ id: idSchema, name: textSchema })).max(100_000),
});

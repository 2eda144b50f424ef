import { z } from 'zod';

/** Around every answer. Records are checked field by field, where they are read. */
export const keyListSchema = z.object({ success: z.literal(true), result: z.array(z.unknown()) });

/** `{}` on the last page. Checked apart: a page without it still has records, but may not be the last one. */
export const linksSchema = z.object({ links: z.object({ next: z.string().optional() }) });

/** What a key may do, as documented: nothing listed = read and write, `fetch` = read. */
export const PERMISSION_READ = 'fetch';

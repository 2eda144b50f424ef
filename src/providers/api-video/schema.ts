import { z } from 'zod';

/** A page of a list of the Admin API. Records are checked field by field, where they are read. */
export const adminPageSchema = z.object({
  items: z.array(z.unknown()),
  pagination: z.object({ item_count: z.number().int().nonnegative().optional() }).optional(),
  links: z.array(z.object({ rel: z.string(), href: z.string() })),
});

/** The Video API pages in another way: other names, and `uri` for `href`. */
export const videoPageSchema = z.object({
  data: z.array(z.unknown()),
  pagination: z.object({
    itemsTotal: z.number().int().nonnegative().optional(),
    links: z.array(z.object({ rel: z.string(), uri: z.string() })),
  }),
});

const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const minutesSchema = z.number().nonnegative();

/** What was delivered, per day. */
export const deliverySchema = z.object({
  items: z
    .array(
      z.object({
        collected_on: dateSchema,
        video_hls_duration_minutes: minutesSchema,
        video_mp4_duration_minutes: minutesSchema,
        live_stream_hls_duration_minutes: minutesSchema,
      }),
    )
    .max(1000),
});

/** What is stored, per day; cumulative. */
export const hostingSchema = z.object({
  items: z.array(z.object({ collected_on: dateSchema, video_duration_minutes: minutesSchema })).max(1000),
});

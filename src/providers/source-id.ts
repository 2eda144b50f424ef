import { z } from 'zod';

/** A source's name in the configuration: part of every key's reference, so without slash or space. */
export const sourceIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/i,
    'expected letters, digits, ".", "_" and "-", beginning with a letter or digit',
  );

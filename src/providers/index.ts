import { z } from 'zod';
import { apiVideo } from './api-video/index.js';
import { cognitive3d } from './cognitive3d/index.js';
import type { Provider } from './define-provider.js';
import { vidbeo } from './vidbeo/index.js';

/** Every vendor that the audit can read: one line each. */
const REGISTRY = [apiVideo, vidbeo, cognitive3d] as const;

export const PROVIDERS: readonly Provider[] = REGISTRY;

type SchemasOf<T extends readonly Provider[]> = { [Index in keyof T]: T[Index]['sourceSchema'] };

/** One source of any vendor in the configuration, told apart by `vendor`. */
export const sourceSchema = z.discriminatedUnion(
  'vendor',
  // A tuple's `map` gives an array; the union needs to know that it is still a tuple.
  REGISTRY.map((provider) => provider.sourceSchema) as unknown as SchemasOf<typeof REGISTRY>,
);

export type CheckedSource = z.output<typeof sourceSchema>;

export const providerOf = (vendor: string): Provider | undefined =>
  PROVIDERS.find((provider) => provider.vendor === vendor);

import type { z } from 'zod';
import type { Coverage } from '../core/coverage.js';
import type { KeyRecord, KeyRef, ProjectRecord } from '../core/key.js';
import type { RunContext } from '../core/run-context.js';
import type { Secret } from '../core/secret.js';
import type { Environment } from '../credentials/resolve-credential.js';
import type { HttpSession } from '../http/session.js';
import type { Traffic } from '../http/traffic.js';
import type { KeyKind } from './key-kind.js';

/** What a provider works with while it reads one source. */
export interface SourceContext extends RunContext {
  readonly env: Environment;
  readonly pepper: Secret | undefined;
  readonly session: HttpSession;
  /** This source's own counter and budget. */
  readonly traffic: Traffic;
}

/** What one source told, as far as it could be read. */
export interface SourceInventory {
  readonly keys: readonly KeyRecord[];
  readonly projects: readonly ProjectRecord[];
  readonly coverage: readonly Coverage[];
  /** The values that go into the key ring and into no file. */
  readonly values: readonly { readonly ref: KeyRef; readonly secret: Secret }[];
}

/** What every source has in the configuration, whatever its vendor. */
export interface AnySource {
  readonly id: string;
  readonly vendor: string;
}

interface ProviderSpec<S extends z.ZodType<AnySource>> {
  readonly vendor: string;
  /** The vendor's name as it writes it. */
  readonly title: string;
  /** One source of this vendor in the configuration, checked; checking it again changes nothing. */
  readonly sourceSchema: S;
  /** The kinds of keys it lists, each with what the vendor cannot tell about them. */
  readonly kinds: readonly KeyKind[];
  /** Reads a source. Failures are coverage; only an interrupt and mistakes of the configuration are thrown. */
  readonly collect: (source: z.output<S>, ctx: SourceContext) => Promise<SourceInventory>;
}

/** A provider whose own source type is hidden, so that the registry can hold all of them. */
export interface Provider<S extends z.ZodType<AnySource> = z.ZodType<AnySource>>
  extends Omit<ProviderSpec<S>, 'collect'> {
  readonly collect: (source: AnySource, ctx: SourceContext) => Promise<SourceInventory>;
}

export function defineProvider<S extends z.ZodType<AnySource>>(spec: ProviderSpec<S>): Provider<S> {
  return { ...spec, collect: async (source, ctx) => spec.collect(spec.sourceSchema.parse(source), ctx) };
}

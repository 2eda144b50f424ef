import { type SourceId, sourceId } from '../../core/brand.js';
import type { Coverage } from '../../core/coverage.js';
import { known, unknown } from '../../core/fact.js';
import type { KeyRecord } from '../../core/key.js';
import type { Secret } from '../../core/secret.js';
import { type Credential, CredentialError } from '../../credentials/credential.js';
import { resolveCredential } from '../../credentials/resolve-credential.js';
import { ApiClient } from '../../http/api-client.js';
import type { Authorization } from '../../http/authorization.js';
import { RATE_LIMITS } from '../../http/rate-limit.js';
import { defineProvider, type SourceContext, type SourceInventory } from '../define-provider.js';
import { reasonOf, vendorPart } from '../list-coverage.js';
import { readFormat } from './format.js';
import { DOMAIN_KEY, ORGANIZATION_KEY } from './kinds.js';
import { declaredRecord } from './normalize.js';
import { ADVICE, probeKey } from './probe.js';
import { type Cognitive3dSource, cognitive3dSourceSchema, type DeclaredKey } from './source.js';

export const cognitive3d = defineProvider({
  vendor: 'cognitive3d',
  title: 'Cognitive3D',
  sourceSchema: cognitive3dSourceSchema,
  kinds: [ORGANIZATION_KEY, DOMAIN_KEY],
  collect,
});

interface ReadKey {
  readonly record: KeyRecord;
  readonly secret: Secret | undefined;
  readonly problems: readonly string[];
}

async function collect(source: Cognitive3dSource, ctx: SourceContext): Promise<SourceInventory> {
  const id = sourceId(source.id);
  const read: ReadKey[] = [];
  // One after another: the vendor asks for no parallel requests, whatever the key.
  for (const key of source.keys) {
    ctx.progress.detail(`${source.id}: key ${key.id}`);
    read.push(await readDeclaredKey(key, source, ctx));
  }
  return {
    keys: read.map(({ record }) => record),
    projects: [],
    coverage: coverageOf(id, read),
    values: read.flatMap(({ record, secret }) => (secret === undefined ? [] : [{ ref: record, secret }])),
  };
}

async function readDeclaredKey(
  key: DeclaredKey,
  source: Cognitive3dSource,
  ctx: SourceContext,
): Promise<ReadKey> {
  const id = sourceId(source.id);
  if (key.credential === undefined) return onlyDeclared(id, key);
  const written = await tryResolve(key.credential, ctx);
  if (written instanceof CredentialError) return withoutValue(id, key, written);
  const { secret, format, authorization } = readFormat(written, key.scope);
  const probe = await probeKey(clientFor(source, authorization, ctx), key.scope);
  const record = declaredRecord(id, key, {
    ...probe,
    format,
    fingerprint: known(secret.fingerprint(ctx.pepper)),
  });
  return { record, secret, problems: probe.problems };
}

function onlyDeclared(source: SourceId, key: DeclaredKey): ReadKey {
  const absent = unknown('only its fingerprint is declared, so it cannot be asked');
  const fingerprint = key.fingerprint === undefined ? absent : known(key.fingerprint);
  const learnt = { live: absent, reaches: absent, problems: [], format: undefined, fingerprint };
  return { record: declaredRecord(source, key, learnt), secret: undefined, problems: [] };
}

function withoutValue(source: SourceId, key: DeclaredKey, error: CredentialError): ReadKey {
  const absent = unknown(reasonOf(error));
  const learnt = { live: absent, reaches: absent, problems: [], format: undefined, fingerprint: absent };
  return { record: declaredRecord(source, key, learnt), secret: undefined, problems: [reasonOf(error)] };
}

async function tryResolve(credential: Credential, ctx: SourceContext): Promise<Secret | CredentialError> {
  try {
    return await resolveCredential(credential, ctx.env, ctx);
  } catch (error) {
    if (error instanceof CredentialError) return error;
    throw error;
  }
}

function clientFor(
  source: Cognitive3dSource,
  authorization: Authorization,
  { session, traffic }: SourceContext,
): ApiClient {
  const { baseUrl } = source;
  return new ApiClient({
    session,
    traffic,
    baseUrl,
    authorization,
    limit: RATE_LIMITS.cognitive3d,
    advice: ADVICE,
  });
}

/** All declared keys together; failed when none of them could be looked at. */
function coverageOf(source: SourceId, read: readonly ReadKey[]): readonly Coverage[] {
  const broken = read.filter(({ problems }) => problems.length > 0);
  const reasons = broken.map(({ record, problems }) => `key ${record.id}: ${problems.join('; ')}`);
  const seen = read.length - broken.length;
  const entry = vendorPart({ source, part: 'declared keys' }, { seen, expected: read.length, reasons });
  return [seen === 0 && entry.status === 'partial' ? { ...entry, status: 'failed' } : entry];
}

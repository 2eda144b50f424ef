import { createVerify, generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { installationToken } from '../../src/github/installation-token.js';
import { type Listing, listRepositories } from '../../src/github/list-repositories.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry, type GithubTestContext } from '../support/github-context.js';
import {
  type Reply,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const TOKENS = 'POST /app/installations/77/access_tokens';
const LIST = '/users/ines/repos?per_page=100&sort=full_name&type=owner';

let server: ScriptedServer | undefined;
afterEach(async () => {
  const ended = server;
  server = undefined;
  await ended?.close();
});

const tokenNamed = (name: string, expires: string): Reply => ({
  json: { token: fakeKey('github', name), expires_at: expires },
  status: 201,
});

interface Run {
  readonly protectedCount: number;
  readonly listings: readonly Listing[];
  readonly context: GithubTestContext;
}

/** Lists twice, with a wait between. */
async function listTwice(script: Script, waitMs = 0): Promise<Run> {
  server = await startScriptedServer(script);
  const { origin } = server;
  const context = githubContext();
  const kept: Secret[] = [];
  const token = installationToken(
    {
      apiUrl: origin,
      appId: '12',
      installationId: 77,
      privateKey: Secret.of(privateKey),
      protect: (secrets) => kept.push(...secrets),
    },
    context,
  );
  const request = { entry: githubEntry({ apiUrl: origin, users: ['ines'] }), token, retryUnitMs: 1 };
  const first = await listRepositories(request, context);
  await context.clock.sleep(waitMs, context.signal);
  const second = await listRepositories(request, context);
  return { protectedCount: kept.length, listings: [first, second], context };
}

const authorizations = (): readonly (string | undefined)[] =>
  server?.seen.map(({ authorization }) => authorization) ?? [];

describe("the token of a GitHub App's installation", () => {
  it('is asked for by a statement that the app signed, and serves until it expires', async () => {
    const { protectedCount } = await listTwice({
      [TOKENS]: [tokenNamed('one', '2026-11-01T01:00:00Z')],
      [LIST]: { json: [] },
    });
    const [asked = '', ...used] = authorizations();
    const [head = '', claims = '', signature = ''] = asked.replace('Bearer ', '').split('.');
    const isSigned = createVerify('RSA-SHA256')
      .update(`${head}.${claims}`)
      .verify(publicKey, Buffer.from(signature, 'base64url'));
    const now = Date.parse('2026-11-01T00:00:00Z') / 1_000;
    expect([isSigned, JSON.parse(Buffer.from(claims, 'base64url').toString())]).toEqual([
      true,
      { iss: '12', iat: now - 60, exp: now + 540 },
    ]);
    expect(used).toEqual([`Bearer ${fakeKey('github', 'one')}`, `Bearer ${fakeKey('github', 'one')}`]);
    expect(protectedCount).toBe(1);
  });

  it('is made anew before it expires', async () => {
    await listTwice(
      {
        [TOKENS]: [tokenNamed('one', '2026-11-01T01:00:00Z'), tokenNamed('two', '2026-11-01T02:00:00Z')],
        [LIST]: { json: [] },
      },
      56 * 60_000,
    );
    expect(authorizations()[3]).toBe(`Bearer ${fakeKey('github', 'two')}`);
  });

  it.each<[string, Reply, string]>([
    ['GitHub refuses it', { json: { message: 'x' }, status: 401 }, 'gives no token for the app'],
    ['the app is not installed', { json: { message: 'x' }, status: 404 }, 'gives no token for the app'],
    ['the answer is of another form', { json: { token: 7 }, status: 201 }, 'not JSON'],
  ])('is told to be missing when %s', async (_, reply, reason) => {
    const { listings } = await listTwice({ [TOKENS]: reply });
    expect(listings[0]?.coverage).toMatchObject([
      { status: 'failed', reason: expect.stringContaining(reason) },
    ]);
  });
});

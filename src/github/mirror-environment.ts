import type { Secret } from '../core/secret.js';
import { authorizationHeader } from '../http/authorization.js';
import { gitEnvironment } from '../git/git-command.js';

export interface MirrorAccess {
  /** The origin that repositories are cloned from. */
  readonly origin: string;
  readonly token: Secret | undefined;
  /** Proxies and certificates are taken from it, nothing else. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const PASSED_ON = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'https_proxy',
  'http_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/**
 * Bytes for one thing while a pack is indexed. At two gigabytes a delta of one kilobyte took four; lists of some ten million
 * objects fit.
 */
const ALLOC_LIMIT = 2 ** 30;

/**
 * Git's environment for talking to one GitHub. The token is in it and nowhere else: an argument can be read by every user
 * of the machine, a URL ends in logs, a configuration file stays.
 */
export function mirrorEnvironment({ origin, token, env }: MirrorAccess): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...gitEnvironment(),
    GIT_ALLOC_LIMIT: String(ALLOC_LIMIT),
    GIT_ALLOW_PROTOCOL: new URL(origin).protocol === 'http:' ? 'http' : 'https',
    ...configurationOf(token === undefined ? SETTINGS : [...SETTINGS, authorization(origin, token)]),
    ...Object.fromEntries(passedOn),
  };
}

type Setting = readonly [name: string, value: string];

const SETTINGS: readonly Setting[] = [
  ['credential.helper', ''],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  // A redirect could lead the token elsewhere; the API told the current address already.
  ['http.followRedirects', 'false'],
  // A server that sends less than 1,000 bytes a second for a minute is stuck.
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
  ['transfer.bundleURI', 'false'],
  ['fetch.recurseSubmodules', 'no'],
  // Larger blobs are indexed as they come: one of 400 MB took 5 MB in place of 824.
  ['core.bigFileThreshold', '32m'],
  // Keep what came as the one pack that it came as.
  ['fetch.unpackLimit', '1'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

/** Bound to the origin, and in the form that git takes for a user name and a token. */
const authorization = (origin: string, token: Secret): Setting => [
  `http.${origin}/.extraHeader`,
  `Authorization: ${authorizationHeader({ scheme: 'basic-password', user: 'x-access-token', secret: token })}`,
];

function configurationOf(settings: readonly Setting[]): Record<string, string> {
  const pairs = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}

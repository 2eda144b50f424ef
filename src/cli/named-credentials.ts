import { Secret } from '../core/secret.js';

/**
 * The values of all environment variables that a configuration names as credentials, before anybody reads them: no error
 * that comes earlier may show one.
 */
export function namedCredentials(
  config: unknown,
  env: Readonly<Record<string, string | undefined>>,
): readonly Secret[] {
  if (typeof config !== 'object' || config === null) return [];
  const own = 'env' in config && typeof config.env === 'string' ? env[config.env] : undefined;
  const inside = Object.values(config).flatMap((value: unknown) => namedCredentials(value, env));
  return own === undefined || own === '' ? inside : [Secret.of(own), ...inside];
}

import type { Exchange } from './exchange.js';

/** The user name and password of a Basic header (RFC 7617). */
export function basicCredentials({
  request,
}: Exchange): { readonly user: string; readonly password: string } | undefined {
  const encoded = afterScheme(request.headers.authorization, 'basic');
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

export const bearerToken = ({ request }: Exchange): string | undefined =>
  afterScheme(request.headers.authorization, 'bearer');

/** What follows the scheme word, which counts in any case. */
export function afterScheme(header: string | undefined, scheme: string): string | undefined {
  const space = header?.indexOf(' ') ?? -1;
  if (header === undefined || space < 0) return undefined;
  return header.slice(0, space).toLowerCase() === scheme ? header.slice(space + 1).trim() : undefined;
}

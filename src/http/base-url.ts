import { z } from 'zod';
import { isLoopback } from './loopback.js';

/** A credential may be sent there: encrypted, or not leaving the machine. */
export const isSafe = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));

/** An API's base URL as users write it; checked, and given back without a slash at its end. */
export const baseUrlSchema = z
  .string()
  .max(2000)
  .transform((text, context): string => {
    const problem = problemOf(text);
    if (problem === undefined) return text.replace(/\/{1,20}$/, '');
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

function problemOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'expected a URL such as https://api.example.com';
  const url = new URL(text);
  if (!isSafe(url)) return 'expected https:// (http:// only for this machine itself)';
  if (url.username !== '' || url.password !== '') return 'expected a URL without user name and password';
  if (url.search !== '' || url.hash !== '') return 'expected a URL without ? and #';
  return undefined;
}

/** A URL below a base URL. @param path begins with a slash; its parts are encoded by the caller. */
export function urlBelow(base: string, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** Header names are lower-case, as undici gives them. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * How long the server asks to wait, in milliseconds: `X-RateLimit-Retry-After` (seconds), else `Retry-After`
 * (seconds, or an HTTP date). Undefined when it does not say, or says nonsense. The longer of the two counts.
 */
export function retryAfterMs(headers: ResponseHeaders, nowMs: number): number | undefined {
  const waits = [secondsMs(headers['x-ratelimit-retry-after']), standardMs(headers['retry-after'], nowMs)];
  const told = waits.filter((wait) => wait !== undefined);
  return told.length === 0 ? undefined : Math.max(...told);
}

/** True when the server says that the window's last request was just used. */
export const isUsedUp = (headers: ResponseHeaders): boolean =>
  single(headers['x-ratelimit-remaining'])?.trim() === '0';

function standardMs(value: string | string[] | undefined, nowMs: number): number | undefined {
  const seconds = secondsMs(value);
  if (seconds !== undefined) return seconds;
  const at = dateMs(value);
  return at === undefined ? undefined : Math.max(0, at - nowMs);
}

/** A server's date in the only form that HTTP asks for, `Sun, 06 Nov 1994 08:49:37 GMT`; Date.parse would take much more. */
export function dateMs(value: string | string[] | undefined): number | undefined {
  const text = single(value);
  if (text === undefined || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) {
    return undefined;
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function secondsMs(value: string | string[] | undefined): number | undefined {
  const text = single(value)?.trim();
  return text !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(text)
    ? Math.ceil(Number(text) * 1000)
    : undefined;
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

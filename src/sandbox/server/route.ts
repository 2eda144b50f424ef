import type { Answer, Exchange } from './exchange.js';

export type Params = ReadonlyMap<string, string>;

/** `pattern` is a path whose `:name` segments are handed over as parameters. */
export interface Route<Caller> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly pattern: string;
  readonly answer: (request: {
    exchange: Exchange;
    params: Params;
    caller: Caller;
  }) => Answer | Promise<Answer>;
}

/** The route for a request; 405 where the path is known under another method, else 404. */
export function findRoute<Caller>(
  routes: readonly Route<Caller>[],
  { method, path }: Pick<Exchange, 'method' | 'path'>,
): { readonly route: Route<Caller>; readonly params: Params } | 404 | 405 {
  const onPath = routes.flatMap((route) => {
    const params = matchPath(route.pattern, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (onPath.length === 0) return 404;
  const asked = method === 'HEAD' ? 'GET' : method;
  return onPath.find(({ route }) => route.method === asked) ?? 405;
}

function matchPath(pattern: string, path: string): Params | undefined {
  const expected = pattern.split('/');
  const found = path.split('/');
  if (expected.length !== found.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, segment] of expected.entries()) {
    const given = found[index] ?? '';
    if (segment.startsWith(':')) params.set(segment.slice(1), decode(given));
    else if (segment !== given) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

import type { UploadedFile } from './request-body.ts';

/** A request as a route gets it. */
export interface RouteRequest {
  /** A part of the path by its name in the pattern. */
  param(name: string): string;
  readonly query: URLSearchParams;
  /** The JSON of the body, undefined without one. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/** One route. `handle` returns the body of the answer, undefined for 204; throws ApiError. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/channels/:channel/messages`. */
  readonly pattern: string;
  /** Whether the route needs the bot's token; interactions carry their own in the path. */
  readonly auth: boolean;
  handle(request: RouteRequest): unknown;
}

/** The name of a route in counts, faults and limits: `POST /channels/:channel/messages`. */
export function routeName({ method, pattern }: Route): string {
  return `${method} ${pattern}`;
}

export interface Match {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

/** Finds the route of a path; fixed parts win over named ones. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const parts = path.split('/');
  const matches = routes.flatMap((route) => {
    const params = route.method === method ? matchPattern(route.pattern.split('/'), parts) : undefined;
    return params ? [{ route, params }] : [];
  });
  return matches.sort((one, other) => one.params.size - other.params.size)[0];
}

function matchPattern(pattern: readonly string[], parts: readonly string[]): Map<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith(':')) params.set(expected.slice(1), decodeURIComponent(part));
    else if (expected !== part) return undefined;
  }
  return params;
}

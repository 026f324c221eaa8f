import { createServer, type RequestListener, type Server } from 'node:http';

/** Milliseconds from the connection, or the first byte of a further request, on. */
export interface RequestLimits {
  /** To the end of the headers. */
  readonly headers: number;
  /** To the end of the body, which is never more than some kilobytes. How long an answer takes is another matter. */
  readonly whole: number;
}

export const requestLimits: RequestLimits = { headers: 10_000, whole: 20_000 };
const LOOK_EVERY = 1_000;

/** A server that lets go of whoever does not come to the end of a request. */
export function createBoundedServer(handler: RequestListener, limits = requestLimits): Server {
  return createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.whole,
      connectionsCheckingInterval: LOOK_EVERY,
    },
    handler,
  );
}

import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const WATCH = 'zapette_watch';
const SESSION = 'zapette_session';

/** The watch page's pass, or undefined. */
export function watchCookie(request: FastifyRequest): string | undefined {
  return cookie(request, WATCH);
}

/** The console's session, or undefined. */
export function sessionCookie(request: FastifyRequest): string | undefined {
  return cookie(request, SESSION);
}

export function setWatchCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string,
  lifetime: number,
): void {
  // Lax: after a link in a chat, another site's, browsers would leave a strict one out of the redirect that follows.
  set(request, reply, { name: WATCH, value, sameSite: 'lax' }, lifetime);
}

/** @param value empty to end the session. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string,
  lifetime: number,
): void {
  set(request, reply, { name: SESSION, value, sameSite: 'strict' }, lifetime);
}

function cookie(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie;
  return header === undefined ? undefined : parseCookie(header)[name];
}

function set(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: { name: string; value: string; sameSite: 'lax' | 'strict' },
  lifetime: number,
): void {
  reply.header(
    'set-cookie',
    stringifySetCookie({
      ...cookie,
      path: '/',
      httpOnly: true,
      secure: request.protocol === 'https',
      maxAge: Math.floor(lifetime / 1000),
    }),
  );
}

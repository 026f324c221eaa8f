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
  set(request, reply, WATCH, value, lifetime);
}

/** @param value empty to end the session. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string,
  lifetime: number,
): void {
  set(request, reply, SESSION, value, lifetime);
}

function cookie(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie;
  return header === undefined ? undefined : parseCookie(header)[name];
}

function set(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  lifetime: number,
): void {
  reply.header(
    'set-cookie',
    stringifySetCookie({
      name,
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https',
      maxAge: Math.floor(lifetime / 1000),
    }),
  );
}

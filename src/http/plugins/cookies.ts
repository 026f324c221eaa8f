import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const WATCH = 'zapette_watch';
/** The same within another site's frame. */
const FRAME = 'zapette_frame';
const SESSION = 'zapette_session';
const ATTEMPT = 'zapette_attempt';

/** The watch page's pass, or undefined. */
export function watchCookie(request: FastifyRequest): string | undefined {
  return cookie(request, WATCH) ?? cookie(request, FRAME);
}

/** The console's session, or undefined. */
export function sessionCookie(request: FastifyRequest): string | undefined {
  return cookie(request, SESSION);
}

/** @param isFramed the page may be within another site's, where browsers leave out all other cookies. */
export function setWatchCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string,
  lifetime: number,
  isFramed = cookie(request, WATCH) === undefined && cookie(request, FRAME) !== undefined,
): void {
  // Only by https do browsers take such a cookie; partitioned, it is kept for the site around the frame alone.
  if (isFramed && request.protocol === 'https') {
    set(request, reply, { name: FRAME, value, sameSite: 'none', partitioned: true }, lifetime);
  }
  // Lax: after a link in a chat, another site's, browsers would leave a strict one out of the redirect that follows.
  else set(request, reply, { name: WATCH, value, sameSite: 'lax' }, lifetime);
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

/** What a browser keeps while it logs in elsewhere, or undefined. */
export function attemptCookie(request: FastifyRequest): string | undefined {
  return cookie(request, ATTEMPT);
}

/** @param value empty once it is over. */
export function setAttemptCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string,
  lifetime: number,
): void {
  // Lax: it comes back from another site.
  set(request, reply, { name: ATTEMPT, value, sameSite: 'lax' }, lifetime);
}

function cookie(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie;
  return header === undefined ? undefined : parseCookie(header)[fullName(request, name)];
}

/** By https with a prefix for which browsers see to it that no other host, and nothing without TLS, has set it. */
function fullName(request: FastifyRequest, name: string): string {
  return request.protocol === 'https' ? `__Host-${name}` : name;
}

function set(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: { name: string; value: string; sameSite: 'lax' | 'strict' | 'none'; partitioned?: boolean },
  lifetime: number,
): void {
  reply.header(
    'set-cookie',
    stringifySetCookie({
      ...cookie,
      name: fullName(request, cookie.name),
      path: '/',
      httpOnly: true,
      secure: request.protocol === 'https',
      maxAge: Math.floor(lifetime / 1000),
    }),
  );
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FirstStart } from '../access/first-start.ts';
import { type NewSession, SESSION_LIFETIME } from '../access/sessions-and-login-links.ts';
import type { HttpContext } from './context.ts';
import { sessionCookie, setSessionCookie } from './plugins/cookies.ts';

/** Logs a browser in. Whoever was logged in with it before is not any more. */
export function letIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { token }: NewSession,
  { sessions, visitors }: Pick<HttpContext, 'sessions' | 'visitors'>,
): void {
  const before = visitors.bySession(sessionCookie(request));
  if (before?.sessionId) sessions.end(before.sessionId, before);
  setSessionCookie(request, reply, token, SESSION_LIFETIME);
}

/** Where somebody goes first. */
export function homeOf({ role }: NewSession, { isOpen: isFirstStart }: Pick<FirstStart, 'isOpen'>): string {
  if (role === 'admin' && isFirstStart) return '/setup';
  return role === 'viewer' ? '/watch' : '/';
}

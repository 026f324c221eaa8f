import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Gate, WATCH_PASS_LIFETIME, type WatchPass } from '../access/gate.ts';
import { AppError } from '../domain/errors.ts';
import { playerOf } from '../outputs/player-of.ts';
import type { ViewerCheck } from '../outputs/player-request.ts';
import type { HttpContext } from './context.ts';
import { sessionCookie, setWatchCookie, watchCookie } from './plugins/cookies.ts';
import { findVisitor } from './plugins/visitors.ts';
import { requireWatching } from './screen-asked.ts';

/** What lets somebody watch: `open` to everybody or by the key, a session of theirs, or nothing. */
export type Admission = 'open' | 'session' | null;

/** Whether the watch page opens for the asker, and by what. @param key what came with the address. */
export function admissionOf(
  request: FastifyRequest,
  { gate, visitors }: Pick<HttpContext, 'gate' | 'visitors'>,
  key: string | string[] | undefined,
): Admission {
  const pass = gate.checkWatchPass(watchCookie(request));
  if (!gate.isPersonal && (gate.mayWatch(key) || pass?.needsSession === false)) return 'open';
  return visitors.bySession(sessionCookie(request)) ? 'session' : null;
}

/** Whether the watch page opens for the asker, without a key in its address. */
export function mayWatch(request: FastifyRequest, context: Pick<HttpContext, 'gate' | 'visitors'>): boolean {
  return admissionOf(request, context, undefined) !== null;
}

/** Lets players pass that can send no key, where none is needed. */
export function openOnly(gate: Pick<Gate, 'isPublic'>): ViewerCheck {
  return () => {
    if (!gate.isPublic) throw new AppError('device_address_needed');
  };
}

/**
 * Lets requests of players pass that have the viewers' key, or come from the watch page; for a screen that is not for
 * everybody, only those of people who are logged in.
 */
export function viewerCheck({ gate, visitors }: Pick<HttpContext, 'gate' | 'visitors'>): ViewerCheck {
  return (request, screen) => {
    if (screen && screen.facts.watch !== null)
      requireWatching(screen, visitors.bySession(sessionCookie(request))?.role ?? null);
    if (gate.mayWatch(request.query.key) || gate.goesOn(playerOf(request))) return;
    if (!gate.checkWatchPass(watchCookie(request))) throw new AppError('viewer_key_needed');
    passOf(request, { gate, visitors });
  };
}

/** Lets those pass who are logged in, and others as the check says. */
export function loggedInOr(check: ViewerCheck, { visitors }: Pick<HttpContext, 'visitors'>): ViewerCheck {
  return (request, screen) => {
    if (!findVisitor(request, visitors)) check(request, screen);
  };
}

/**
 * The pass that the watch page's cookie is. Somebody who is shut out sees no more than what their player holds.
 * @throws AppError watch_page_only, log_in_to_watch
 */
export function passOf(
  request: FastifyRequest,
  { gate, visitors }: Pick<HttpContext, 'gate' | 'visitors'>,
): WatchPass {
  const pass = gate.checkWatchPass(watchCookie(request));
  if (!pass) throw new AppError('watch_page_only');
  if (pass.needsSession && !visitors.bySession(sessionCookie(request)) && !gate.goesOn(pass.viewerId))
    throw new AppError('log_in_to_watch');
  return pass;
}

/** Gives the watch page another cookie once its own is due. */
export function renewPass(
  request: FastifyRequest,
  reply: FastifyReply,
  gate: Pick<Gate, 'issueWatchPass'>,
  pass: WatchPass,
): void {
  if (!pass.isOld) return;
  const fresh = gate.issueWatchPass(pass.viewerId, pass.needsSession);
  setWatchCookie(request, reply, fresh, WATCH_PASS_LIFETIME);
}

/** Identifies a viewer: the watch page by its cookie, any other player as `playerOf` does. */
export function viewerOf(gate: Pick<Gate, 'checkWatchPass'>): (request: FastifyRequest) => string {
  return (request) => gate.checkWatchPass(watchCookie(request))?.viewerId ?? playerOf(request);
}

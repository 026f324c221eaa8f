import type { FastifyRequest } from 'fastify';
import type { Gate } from '../access/gate.ts';
import { AppError } from '../domain/errors.ts';
import { playerOf } from '../outputs/player-of.ts';
import type { ViewerCheck } from '../outputs/player-request.ts';
import type { HttpContext } from './context.ts';
import { sessionCookie, watchCookie } from './plugins/cookies.ts';
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
  };
}

/** Lets those pass who are logged in, and others as the check says. */
export function loggedInOr(check: ViewerCheck, { visitors }: Pick<HttpContext, 'visitors'>): ViewerCheck {
  return (request, screen) => {
    if (!findVisitor(request, visitors)) check(request, screen);
  };
}

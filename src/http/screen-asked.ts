import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayWatchScreen } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { HttpContext } from './context.ts';
import { findVisitor } from './plugins/visitors.ts';

/** How a request names a screen, in its query or in its body. */
export const screenField = z
  .string()
  .optional()
  .describe('A screen of /api/screens; where it is missing, the default one');

export const screenQuery = z.object({ screen: screenField });

const named = z.object({ screen: z.string() });

/**
 * The screen that a request is about.
 * @throws AppError screen_unknown; screen_closed_to_you where the asker may not watch it
 */
export function screenAsked(
  request: FastifyRequest,
  { screens, visitors }: Pick<HttpContext, 'screens' | 'visitors'>,
): Screen {
  const { body, query } = request;
  const screen = screens.get((named.safeParse(body).data ?? named.safeParse(query).data)?.screen);
  // Most screens ask for nobody.
  if (screen.facts.watch !== null) requireWatching(screen, findVisitor(request, visitors)?.role ?? null);
  return screen;
}

/** @param role null for a stranger. @throws AppError screen_closed_to_you */
export function requireWatching(
  screen: Pick<Screen, 'facts'>,
  role: Parameters<typeof mayWatchScreen>[0],
): void {
  if (!mayWatchScreen(role, screen))
    throw new AppError('screen_closed_to_you', { screen: screen.facts.name });
}

import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { react } from '../../actions/react.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { watchCookie } from '../plugins/cookies.ts';
import { findVisitor } from '../plugins/visitors.ts';
import { screenAsked, screenField } from '../screen-asked.ts';
import { bearerOrCookie } from '../security-schemes.ts';

/** Emojis that float up over everybody's picture. */
export function reactionRoutes(
  context: Pick<HttpContext, 'gate' | 'screens' | 'visitors'>,
): FastifyPluginAsyncZod {
  const { gate, visitors } = context;
  return async (app) => {
    app.post(
      '/api/reactions',
      {
        schema: {
          tags: ['broadcast'],
          summary: 'Float an emoji up over the picture of everybody who watches; for whoever may watch',
          security: bearerOrCookie,
          body: z
            .object({ emoji: z.string().max(16), screen: screenField })
            .meta({ example: { emoji: '👏' } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        react(screenAsked(request, context), request.body.emoji, watcherOf(request));
        return reply.code(204).send(null);
      },
    );
  };

  /** Whoever is logged in, or has the watch page open. @throws AppError log_in_to_watch, watch_page_only, rate_limited */
  function watcherOf(request: FastifyRequest): string {
    const visitor = findVisitor(request, visitors);
    if (visitor) return visitor.id;
    if (gate.isPersonal) throw new AppError('log_in_to_watch');
    const pass = gate.checkWatchPass(watchCookie(request));
    if (!pass) throw new AppError('watch_page_only');
    return pass.viewerId;
  }
}

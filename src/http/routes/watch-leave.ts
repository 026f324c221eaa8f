import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { watchCookie } from '../plugins/cookies.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';

/** Lets the watch page say that it is closed, so that its viewer is not counted until they time out. */
export function watchLeaveRoutes(
  context: Pick<HttpContext, 'gate' | 'screens' | 'visitors'>,
): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/watch/leave',
      {
        schema: {
          tags: ['players'],
          summary: 'The watch page says that it is closed: its viewer is not counted any more',
          querystring: screenQuery,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const pass = context.gate.checkWatchPass(watchCookie(request));
        if (pass) screenAsked(request, context).viewers.left(pass.viewerId);
        return reply.code(204).send(null);
      },
    );
  };
}

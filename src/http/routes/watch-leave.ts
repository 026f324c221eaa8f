import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Screen } from '../../stream/screen/screen.ts';
import type { HttpContext } from '../context.ts';
import { watchCookie } from '../plugins/cookies.ts';

/** Lets the watch page say that it is closed, so that its viewer is not counted until they time out. */
export function watchLeaveRoutes(
  { gate }: Pick<HttpContext, 'gate'>,
  { viewers }: Pick<Screen, 'viewers'>,
): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/watch/leave',
      {
        schema: {
          tags: ['players'],
          summary: 'The watch page says that it is closed: its viewer is not counted any more',
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const pass = gate.checkWatchPass(watchCookie(request));
        if (pass) viewers.left(pass.viewerId);
        return reply.code(204).send(null);
      },
    );
  };
}

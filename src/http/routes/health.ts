import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpContext } from '../context.ts';

/** Whether the server is alive, for machines that watch over it. */
export function healthRoutes({ instance }: Pick<HttpContext, 'instance'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/health',
      {
        schema: {
          tags: ['machines'],
          summary: 'Is the server alive',
          response: {
            200: z
              .object({ status: z.literal('ok'), instance: z.string() })
              .meta({ example: { status: 'ok', instance: 'wX3bq0aZk2vd' } }),
          },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        return { status: 'ok' as const, instance };
      },
    );
  };
}

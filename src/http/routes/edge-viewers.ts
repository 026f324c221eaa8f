import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';

const reportSchema = z
  .object({
    edge: z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .describe('The edge’s name, the same in each of its reports'),
    viewers: z
      .record(z.string().max(64), z.int().min(0).max(1_000_000))
      .describe('How many players fetch the playlist of each screen there'),
  })
  .meta({ example: { edge: 'paris', viewers: { live: 12 } } });

/** Lets edges say how many players they have: home does not see those whose playlists come from there. */
export function edgeViewersRoutes({
  screens,
  edgePrefix,
  clock,
}: Pick<HttpContext, 'screens' | 'edgePrefix' | 'clock'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/e/:sig/:expires/viewers',
      {
        config: { isForEveryHost: true },
        schema: {
          tags: ['machines'],
          summary: 'An edge says how many players it has, which counts for 45 seconds',
          description:
            'The address is signed with `EDGE_SECRET`: `sig` is the SHA-256, in hexadecimal, of `viewers <expires> <EDGE_SECRET>`, and `expires` an epoch second of the next ten minutes.',
          params: z.object({ sig: z.string(), expires: z.string() }),
          body: reportSchema,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async ({ params, body }, reply) => {
        if (!edgePrefix.signsReport(params, clock.now())) throw new AppError('edge_report_refused');
        for (const { id, broadcast, viewers } of screens.all()) {
          const count = body.viewers[id] ?? 0;
          viewers.reported(body.edge, count);
          if (count > 0) broadcast.demand();
        }
        return reply.code(204).send(null);
      },
    );
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const figureSchema = z
  .object({
    at: z.iso.datetime(),
    viewers: z.number(),
    bits_in: z.number().describe('Bits per second of the channels on all screens'),
    bits_out: z.number().describe('Bits per second that left by all outputs'),
    segment_age: z
      .number()
      .nullable()
      .describe('Seconds since the last segment of a source; null with nothing on air'),
    switch_seconds: z.number().nullable().describe('Seconds that the slowest switch took; null without any'),
    lag: z.number().describe('Seconds for which the process answered nobody'),
  })
  .meta({
    id: 'Figure',
    example: {
      at: '2025-12-24T10:30:00.000Z',
      viewers: 3,
      bits_in: 5_200_000,
      bits_out: 15_600_000,
      segment_age: 1.2,
      switch_seconds: null,
      lag: 0.004,
    },
  });

/** What the server did over the last hour, for the console's plots. */
export function figureRoutes({
  figures,
  visitors,
}: Pick<HttpContext, 'figures' | 'visitors'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/figures',
      {
        onRequest: requireRight(visitors, 'administer'),
        schema: {
          tags: ['server'],
          summary: 'What the server did over the last hour, every ten seconds, the oldest first',
          security: bearerOrCookie,
          querystring: z.object({ after: z.iso.datetime().optional().describe('For what has come since') }),
          response: { 200: z.object({ items: z.array(figureSchema) }), default: errorSchema },
        },
      },
      async ({ query: { after } }, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: figures.after(after === undefined ? 0 : Date.parse(after)).map((figure) => ({
            at: isoTime(figure.at),
            viewers: figure.viewers,
            bits_in: figure.bitsIn,
            bits_out: figure.bitsOut,
            segment_age: figure.segmentAge,
            switch_seconds: figure.switchSeconds,
            lag: figure.lag,
          })),
        };
      },
    );
  };
}

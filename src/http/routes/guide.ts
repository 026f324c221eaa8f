import { once } from 'node:events';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import PQueue from 'p-queue';
import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { operatorsOnly } from '../plugins/operators.ts';
import { programmeSchema, toProgrammeJson } from '../status-json.ts';

const rowSchema = z.object({ channel_id: z.number(), programmes: z.array(programmeSchema) }).meta({
  example: {
    channel_id: 123456,
    programmes: [
      {
        ...{ title: 'Journal', description: 'Les titres' },
        ...{ start: '2025-12-24T19:00:00.000Z', stop: '2025-12-24T19:45:00.000Z' },
      },
    ],
  },
});

const MOST_CHANNELS = 60;
/** Providers answer in a second or never; what is not there by then comes with the next question. */
const PATIENCE = 4_000;
/** A page asks for all rows in sight at once; panels take many calls at a time for an attack. */
const CALLS_AT_A_TIME = 3;
const ids = z
  .string()
  .regex(/^\d{1,15}(,\d{1,15})*$/, 'must be channel ids with commas between them')
  .transform((text) => [...new Set(text.split(',').map(Number))])
  .refine((list) => list.length <= MOST_CHANNELS, `must be at most ${MOST_CHANNELS} channels`);

/** What is on and what comes, of several channels at once. */
export function guideRoutes({ catalogue, guide, gate }: HttpContext): FastifyPluginAsyncZod {
  const calls = new PQueue({ concurrency: CALLS_AT_A_TIME });
  return async (app) => {
    app.get(
      '/api/guide',
      {
        // Each channel may cost a call to the provider.
        onRequest: operatorsOnly(gate),
        schema: {
          tags: ['catalogue'],
          summary: 'What is on now and what follows, of several channels',
          security: [{ bearer: [] }],
          querystring: z.object({ ids: ids.describe('Channel ids with commas between them') }),
          response: {
            200: z.object({ items: z.array(rowSchema) }),
            default: errorSchema,
          },
        },
      },
      async ({ query }) => {
        const { byId } = catalogue.snapshot();
        const signal = AbortSignal.timeout(PATIENCE);
        const items: z.infer<typeof rowSchema>[] = [];
        const ask = async (id: number): Promise<void> => {
          // Nobody waits for it any more.
          if (signal.aborted) return;
          const programmes = await guide.upcoming(id, PATIENCE);
          items.push({ channel_id: id, programmes: programmes.map(toProgrammeJson) });
        };
        const known = query.ids.filter((id) => byId.has(id));
        await Promise.race([Promise.all(known.map((id) => calls.add(() => ask(id)))), once(signal, 'abort')]);
        return { items };
      },
    );
  };
}

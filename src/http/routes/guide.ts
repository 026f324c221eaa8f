import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import PQueue from 'p-queue';
import { z } from 'zod';
import { type ChannelId, channelIdOfText, type OwnAccount, toApiChannelId } from '../../domain/ids.ts';
import { apiChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { groupSchema, toGroupJson } from '../group-json.ts';
import { languageOf } from '../language.ts';
import { requireRight } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import { programmeSchema, toProgrammeJson } from '../status-json.ts';

const rowSchema = z.object({ channel_id: apiChannelId, programmes: z.array(programmeSchema) }).meta({
  example: {
    channel_id: 123456,
    programmes: [
      {
        title: 'Journal',
        description: 'Les titres',
        start: '2025-12-24T19:00:00.000Z',
        stop: '2025-12-24T19:45:00.000Z',
      },
    ],
  },
});

const hitSchema = z.object({ channel: groupSchema, programme: programmeSchema });

const MOST_CHANNELS = 60;
/** Milliseconds. Providers answer in a second or never; late programmes come with the next request. */
const PATIENCE = 4_000;
/** Calls to the panel at a time: a page requests all visible rows at once, and panels take many calls for an attack. */
const CALLS_AT_A_TIME = 3;

function idsOf(own: OwnAccount) {
  return z
    .string()
    .transform((text, context) => {
      const ids = text.split(',').map((each) => channelIdOfText(each, own));
      if (ids.every((id) => id !== null)) return [...new Set(ids)];
      context.addIssue({ code: 'custom', message: 'channels' });
      return z.NEVER;
    })
    .refine((list) => list.length <= MOST_CHANNELS, { error: 'many', params: { most: MOST_CHANNELS } });
}

const LONGEST_SPAN = 24 * 60 * 60_000;
const MOST_HITS = 50;
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const guideQuery = (own: OwnAccount) =>
  z
    .object({
      ids: idsOf(own).describe('Channel ids separated by commas'),
      from: time
        .optional()
        .describe('With `to`: what is on in that time, a day at most; else what is on now and follows'),
      to: time.optional(),
    })
    .refine(({ from, to }) => (from === undefined) === (to === undefined), 'pair')
    .refine(({ from = 0, to = 1 }) => to > from && to - from <= LONGEST_SPAN, 'day');

/** The current and next programmes of several channels. */
export function guideRoutes(
  context: Pick<HttpContext, 'catalogue' | 'guide' | 'language' | 'ownAccount' | 'visitors'>,
): FastifyPluginAsyncZod {
  const { catalogue, guide, ownAccount, visitors } = context;
  const calls = new PQueue({ concurrency: CALLS_AT_A_TIME });
  return async (app) => {
    app.get(
      '/api/guide',
      {
        // Each channel may need a call to the provider.
        onRequest: requireRight(visitors, 'look'),
        schema: {
          tags: ['catalogue'],
          summary: 'What is on, of several channels',
          security: bearerOrCookie,
          querystring: guideQuery(ownAccount),
          response: {
            200: z.object({ items: z.array(rowSchema) }),
            default: errorSchema,
          },
        },
      },
      async (request) => {
        const { query } = request;
        const language = languageOf(request, context.language);
        const { byId } = catalogue.snapshot();
        const { from, to } = query;
        const signal = AbortSignal.timeout(PATIENCE);
        const items: z.infer<typeof rowSchema>[] = [];
        const ask = async (id: ChannelId): Promise<void> => {
          // The answer has been sent already.
          if (signal.aborted) return;
          // One turn of the event loop each: sixty reads of the guide at once would delay the stream.
          await setImmediate();
          const programmes =
            from === undefined || to === undefined
              ? await guide.upcoming(id, PATIENCE)
              : await guide.between(id, from, to, PATIENCE);
          items.push({
            channel_id: toApiChannelId(id, ownAccount),
            programmes: programmes.map((programme) => toProgrammeJson(programme, language)),
          });
        };
        const known = query.ids.filter((id) => byId.has(id));
        const asking = known.map((id) => (guide.isAtHand(id) ? ask(id) : calls.add(() => ask(id))));
        await Promise.race([Promise.all(asking), once(signal, 'abort')]);
        return { items };
      },
    );

    app.get(
      '/api/guide/search',
      {
        onRequest: requireRight(visitors, 'look'),
        schema: {
          tags: ['catalogue'],
          summary: 'Programmes that are on or come, by words of their titles, the soonest first',
          security: bearerOrCookie,
          querystring: z.object({
            q: z
              .string()
              .max(200)
              .describe('Three letters at least; each word the beginning of one in the title'),
          }),
          response: { 200: z.object({ items: z.array(hitSchema) }), default: errorSchema },
        },
      },
      async (request) => {
        const language = languageOf(request, context.language);
        const airings = await guide.search(request.query.q, MOST_HITS);
        const items = airings.flatMap(({ channelIds, programme }) => {
          const groups = channelIds.flatMap((id) => catalogue.groupOf(id) ?? []);
          const distinct = new Map(groups.map((group) => [group.variants[0].id, group]));
          return [...distinct.values()].map((group) => ({
            channel: toGroupJson(group, ownAccount),
            programme: toProgrammeJson(programme, language),
          }));
        });
        return { items: items.slice(0, MOST_HITS) };
      },
    );
  };
}
